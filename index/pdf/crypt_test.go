package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/page/pagetest"
)

var lengthRE = regexp.MustCompile(`/Length \d+`)

// encrypted writes the draft with every stream changed by encrypt.
func encrypted(d *pagetest.Draft, trailer string, encrypt func(num int, data []byte) []byte) []byte {
	d.Trailer = trailer
	objects := d.Finish()
	for i, body := range objects {
		dict, data, ok := strings.Cut(body, ">>stream\n")
		if !ok {
			continue
		}
		c := encrypt(i+1, []byte(strings.TrimSuffix(data, "\nendstream")))
		objects[i] = lengthRE.ReplaceAllString(dict, fmt.Sprintf("/Length %d", len(c))) + ">>stream\n" + string(c) + "\nendstream"
	}
	return d.Write(objects)
}

func TestReadPDFWithoutPassword(t *testing.T) {
	want := pagetest.Texts(mustPDF(t, pagetest.Official().Bytes()))
	o, id := strings.Repeat("o", 32), strings.Repeat("i", 16)

	// Revision 3: RC4 with a key of 128 bits.
	sum := md5.Sum([]byte(string(passwordPad) + o + "\xfc\xff\xff\xff" + id))
	key := sum[:]
	for range 50 {
		s := md5.Sum(key)
		key = s[:]
	}
	s := md5.Sum([]byte(string(passwordPad) + id))
	u := s[:]
	for i := range 20 {
		round := bytes.Clone(key)
		for j := range round {
			round[j] ^= byte(i)
		}
		u = arcfour(round, u)
	}
	old := &pdfCrypt{key: key, revision: 3}
	rc4 := encrypted(pagetest.Official(), fmt.Sprintf("/ID[<%x><%x>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%x>/U<%x>>>", id, id, o, append(u, make([]byte, 16)...)),
		func(num int, data []byte) []byte { return old.decrypt(pdfRef(num), 0, data) })

	// Revision 6: AES with 256 bits.
	now := &pdfCrypt{key: bytes.Repeat([]byte("k"), 32), revision: 6, aes: true}
	check, salt := []byte("checking"), []byte("and salt")
	u6 := append(append(now.hash(check), check...), salt...)
	ue := encryptCBC(t, now.hash(salt), make([]byte, 16), now.key)
	aes256 := encrypted(pagetest.Official(), fmt.Sprintf("/Encrypt<</Filter/Standard/V 5/R 6/CF<</StdCF<</CFM/AESV3>>>>/StmF/StdCF/U<%x>/UE<%x>/O<%x>>>", u6, ue, o),
		func(_ int, data []byte) []byte {
			pad := aes.BlockSize - len(data)%aes.BlockSize
			iv := []byte("initial vector 1")
			return append(bytes.Clone(iv), encryptCBC(t, now.key, iv, append(data, bytes.Repeat([]byte{byte(pad)}, pad)...))...)
		})

	for name, data := range map[string][]byte{"RC4": rc4, "AES-256": aes256} {
		if got := pagetest.Texts(mustPDF(t, data)); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func encryptCBC(t *testing.T, key, iv, data []byte) []byte {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, len(data))
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, data)
	return out
}

// The entries U were written by pypdf 7.1.1. In the last two the end of the
// rounds hangs on the number of the round.
func TestHashOfRevision6(t *testing.T) {
	c := &pdfCrypt{revision: 6}
	for _, u := range []string{
		"75ebb4fb703d80c1506cac3478d0beb0180683db200d15f2a2d4c61c29109c4750e57cbc9c33bd321d2b05788d2ab77e",
		"fb2fe2b09deff9ea3586557b7e5a66c318f8acd95687d2a7210b86e4546f12c22444218ac21604d8daf0809fc71fe063",
		"12940bca6219a95d0bcd1ac26882e42ed0e0345e7c380ba8e2bc63c7008aadc311007f3a517b36a1bc2628768a4b2cf6",
		"11ab0178d2570b1ea9e420f599842c5c9e1b8825b225085bfabedfab8afa9aaaf8c32561966ad392bfcbf522e27014c1",
	} {
		entry, err := hex.DecodeString(u)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.hash(entry[32:40]); !bytes.Equal(got, entry[:32]) {
			t.Errorf("hash(%x) = %x, want %x", entry[32:40], got, entry[:32])
		}
	}
}
