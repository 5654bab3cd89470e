package read

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"nghiquyet/index/page"
)

// isJSONValues reports a .json file that is not JSON Lines: an array of objects,
// or objects broken over lines.
func isJSONValues(name string, head []byte) bool {
	if extension(name) != ".json" {
		return false
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n")
	first, _, more := bytes.Cut(head, []byte("\n"))
	return bytes.HasPrefix(head, []byte("[")) || more && cutShort(first)
}

// values yields the elements of an array, or one object after another. Line is the
// index of each, from 1. After a syntax error the file ends, because later values
// cannot be found.
func values(ctx context.Context, name string, br *bufio.Reader, lim page.Limits, yield func(Input, error) bool) error {
	if head, _ := br.Peek(len(utf8BOM)); bytes.Equal(head, utf8BOM) {
		br.Discard(len(utf8BOM))
	}
	left := &allowance{r: br}
	dec := json.NewDecoder(left)
	n := 0
	broken := func(err error) error {
		rej := page.Rejectf(name, page.CodeBadJSON, "%s", jsonFault(err))
		switch {
		case errors.Is(err, errAllowance):
			rej = page.Rejectf(name, page.CodeTooLarge, "một đối tượng JSON lớn hơn %d MB", lim.Line>>20)
		case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
			rej = page.Rejectf(name, page.CodeDamaged, "JSON bị cắt cụt: tệp chưa được ghi hết")
		case left.err != nil:
			return left.err
		}
		rej.Line, rej.Torn = n+1, true
		return rej
	}
	left.n = lim.Line
	first, _ := nextByte(br, " \t\r\n")
	array := first == '['
	if array {
		if _, err := dec.Token(); err != nil {
			return broken(err)
		}
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		left.n = lim.Line
		if array && !dec.More() {
			if _, err := dec.Token(); err != nil {
				return broken(err)
			}
			return nil
		}
		var value json.RawMessage
		err := dec.Decode(&value)
		if err == io.EOF && !array {
			return nil
		}
		if err != nil {
			return broken(err)
		}
		n++
		if !yield(NewInput(name, n, value), nil) {
			return nil
		}
	}
}

// nextByte is the first byte that cut does not contain, left unread.
func nextByte(br *bufio.Reader, cut string) (byte, error) {
	for {
		c, err := br.ReadByte()
		if err != nil {
			return 0, err
		}
		if strings.IndexByte(cut, c) < 0 {
			return c, br.UnreadByte()
		}
	}
}

var errAllowance = errors.New("value too large")

// allowance is a reader that returns no more than n bytes until n is set again.
type allowance struct {
	r   io.Reader
	n   int64
	err error // of r
}

func (a *allowance) Read(p []byte) (int, error) {
	if a.n <= 0 {
		return 0, errAllowance
	}
	n, err := a.r.Read(p[:min(int64(len(p)), a.n)])
	a.n -= int64(n)
	if err != nil && err != io.EOF {
		a.err = err
	}
	return n, err
}
