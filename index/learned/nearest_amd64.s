#include "textflag.h"

// func nearestAVX2(query *int8, vectors *byte, dims, n int) int32
TEXT ·nearestAVX2(SB), NOSPLIT, $0-36
	MOVQ query+0(FP), SI
	MOVQ vectors+8(FP), DI
	MOVQ dims+16(FP), DX
	MOVQ n+24(FP), CX
	XORL AX, AX // the greatest product so far

vector:
	VPXOR Y0, Y0, Y0 // eight sums
	XORQ  BX, BX

step:
	// 16 numbers of each as int16; the products of neighbours are added to int32.
	VPMOVSXBW (SI)(BX*1), Y1
	VPMOVSXBW (DI), Y2
	VPMADDWD  Y1, Y2, Y1
	VPADDD    Y1, Y0, Y0
	ADDQ      $16, DI
	ADDQ      $16, BX
	CMPQ      BX, DX
	JLT       step

	// The eight sums, halved three times.
	VEXTRACTI128 $1, Y0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0x4E, X0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0xB1, X0, X1
	VPADDD       X1, X0, X0
	VMOVD        X0, R8
	CMPL         R8, AX
	CMOVLGT      R8, AX
	DECQ         CX
	JNZ          vector

	VZEROUPPER
	MOVL AX, ret+32(FP)
	RET
