package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"hash"
)

// pdfCrypt undoes the standard security handler (ISO 32000-2, 7.6) of files
// that open without a password and only restrict printing or copying, as many
// offices publish them.
type pdfCrypt struct {
	key      []byte
	revision int
	aes      bool
	identity bool // streams are not encrypted
}

var passwordPad = []byte("\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a")

// unlock tries the empty password and reports whether it opens the file.
func (f *pdfFile) unlock(enc pdfDict) bool {
	c := &pdfCrypt{revision: f.integer(enc["R"])}
	if f.nameOf(enc["Filter"]) != "Standard" {
		return false
	}
	if f.integer(enc["V"]) >= 4 {
		name := f.nameOf(enc["StmF"])
		switch f.nameOf(f.dict(f.dict(enc["CF"])[name])["CFM"]) {
		case "AESV2", "AESV3":
			c.aes = true
		case "V2":
		default:
			c.identity = true
		}
	}
	o, _ := f.get(enc["O"]).(string)
	u, _ := f.get(enc["U"]).(string)
	if c.revision >= 5 {
		ue, _ := f.get(enc["UE"]).(string)
		if len(u) < 48 || len(ue) < 32 || c.revision > 6 || !bytes.Equal(c.hash([]byte(u[32:40])), []byte(u[:32])) {
			return false
		}
		c.key = cbc(c.hash([]byte(u[40:48])), make([]byte, aes.BlockSize), []byte(ue[:32]))
	} else if !c.oldKey(f, enc, o, u) {
		return false
	}
	f.crypt = c
	return true
}

// oldKey makes the key of revisions 2 to 4 (algorithm 2) and checks it against
// U (algorithms 4 and 5).
func (c *pdfCrypt) oldKey(f *pdfFile, enc pdfDict, o, u string) bool {
	var id string
	if ids := f.array(f.trailer["ID"]); len(ids) > 0 {
		id, _ = f.get(ids[0]).(string)
	}
	if len(o) < 32 || len(u) < 16 || c.revision < 2 {
		return false
	}
	n := 5
	if c.revision >= 3 {
		if n = f.integer(enc["Length"]) / 8; n == 0 && c.revision == 4 {
			n = 16
		}
		if n < 5 || n > 16 {
			n = 5
		}
	}
	h := md5.New()
	h.Write(passwordPad)
	h.Write([]byte(o[:32]))
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(int64(f.number(enc["P"])))))
	h.Write([]byte(id))
	if meta, ok := f.get(enc["EncryptMetadata"]).(bool); ok && !meta && c.revision >= 4 {
		h.Write([]byte{0xff, 0xff, 0xff, 0xff})
	}
	key := h.Sum(nil)
	if c.revision == 2 {
		c.key = key[:n]
		return bytes.Equal(arcfour(c.key, passwordPad), []byte(u[:min(len(u), 32)]))
	}
	for range 50 {
		sum := md5.Sum(key[:n])
		key = sum[:]
	}
	c.key = key[:n]
	sum := md5.Sum(append(bytes.Clone(passwordPad), id...))
	check := sum[:]
	for i := range 20 {
		round := bytes.Clone(c.key)
		for j := range round {
			round[j] ^= byte(i)
		}
		check = arcfour(round, check)
	}
	return bytes.Equal(check, []byte(u[:16]))
}

// hash is the hash of revision 6 (algorithm 2.B) for the empty password, and of
// Adobe's earlier revision 5.
func (c *pdfCrypt) hash(salt []byte) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	if c.revision == 5 {
		return k
	}
	for rounds := 1; ; rounds++ { // including this one
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := bytes.Repeat(k, 64)
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		mod := 0
		for _, b := range e[:16] {
			mod += int(b)
		}
		h := []func() hash.Hash{sha256.New, sha512.New384, sha512.New}[mod%3]()
		h.Write(e)
		k = h.Sum(nil)
		if rounds >= 64 && int(e[len(e)-1]) <= rounds-32 {
			return k[:32]
		}
	}
}

// decrypt returns the decrypted bytes of a stream or string of an object.
func (c *pdfCrypt) decrypt(num pdfRef, gen int, data []byte) []byte {
	if c.identity {
		return data
	}
	key := c.key
	if c.revision < 5 {
		salted := append(bytes.Clone(key), byte(num), byte(num>>8), byte(num>>16), byte(gen), byte(gen>>8))
		if c.aes {
			salted = append(salted, "sAlT"...)
		}
		sum := md5.Sum(salted)
		key = sum[:min(len(key)+5, 16)]
	}
	if !c.aes {
		return arcfour(key, data)
	}
	if len(data) < 2*aes.BlockSize {
		return nil
	}
	out := cbc(key, data[:aes.BlockSize], data[aes.BlockSize:])
	if n := len(out); n > 0 && int(out[n-1]) <= aes.BlockSize && int(out[n-1]) <= n {
		out = out[:n-int(out[n-1])]
	}
	return out
}

func arcfour(key, data []byte) []byte {
	out := make([]byte, len(data))
	if c, err := rc4.NewCipher(key); err == nil {
		c.XORKeyStream(out, data)
	}
	return out
}

// cbc decrypts the complete blocks of data.
func cbc(key, iv, data []byte) []byte {
	out := make([]byte, len(data)/aes.BlockSize*aes.BlockSize)
	if block, err := aes.NewCipher(key); err == nil {
		cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, data[:len(out)])
	}
	return out
}
