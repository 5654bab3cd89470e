package ocr

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"nghiquyet/index/page"
	"nghiquyet/index/raster"
)

// command is the program that recognises letters.
type command struct {
	args     []string
	identity string
}

// rules identifies how pages are drawn and how the command is called. A change of
// either changes the answers.
const rules = "red channel, 200 dpi, hOCR, turned upright"

// key names the answers of this command.
func (c *command) key() string {
	sum := sha256.Sum256([]byte(rules + "\x00" + c.identity))
	return hex.EncodeToString(sum[:8])
}

const (
	tesseract = "tesseract"
	language  = "vie"
	install   = "hãy cài: apt install tesseract-ocr tesseract-ocr-vie"
)

// askTime is how long a command may take to print its version.
const askTime = 20 * time.Second

// lookFor finds the command and reads its version.
func (e *Engine) lookFor() (*command, error) {
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	words := e.Command
	if len(words) == 0 {
		words = []string{tesseract}
	}
	path, err := exec.LookPath(words[0])
	if err != nil && len(e.Command) > 0 {
		return nil, &Missing{fmt.Sprintf("không có lệnh nhận dạng chữ %q", words[0]), "hãy xem lại --ocr-command"}
	}
	if err != nil {
		return nil, &Missing{"máy chưa có chương trình nhận dạng chữ (OCR)", install}
	}
	c := &command{args: append([]string{path}, words[1:]...)}
	if !strings.HasPrefix(filepath.Base(path), tesseract) {
		sum, err := fileSum(path)
		c.identity = strings.Join(append(slices.Clone(words), sum), " ")
		return c, err
	}
	ask := func(arg string) string {
		out := bounded{limit: 1 << 16}
		if err := e.run(ctx, append(slices.Clone(c.args), arg), e.allowed(), new(bytes.Buffer), &out); err != nil {
			return ""
		}
		return string(out.b)
	}
	version, _, _ := strings.Cut(ask("--version"), "\n")
	langs := strings.Fields(ask("--list-langs"))
	if len(e.Command) == 0 && !slices.Contains(langs, language) {
		return nil, &Missing{"tesseract chưa có tiếng Việt", install}
	}
	c.identity = strings.Join(append(slices.Clone(words), version, strings.Join(langs, "+")), " ")
	return c, nil
}

// fileSum names the content of a program.
func fileSum(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8]), nil
}

func (e *Engine) allowed() allowance { return allowance{e.Limits.CPU, e.Limits.Memory} }

// arguments returns the arguments for one page. A language among the configured ones
// has priority.
func (c *command) arguments() []string {
	args := append(slices.Clone(c.args), "stdin", "stdout")
	if !slices.Contains(c.args, "-l") {
		args = append(args, "-l", language)
	}
	return append(args, "--dpi", fmt.Sprint(raster.DPI), "-c", "tessedit_create_hocr=1")
}

// ErrTime is for a command that takes longer than [Limits.Time].
var ErrTime = errors.New("out of time")

// answer is the command's answer for a page with this size in dots.
type answer struct {
	width, height int
	text          []byte
}

// recognise runs the command for one page.
func (e *Engine) recognise(ctx context.Context, c *command, f *raster.Frame) (answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, e.Limits.Time, ErrTime)
	defer cancel()
	out := bounded{limit: e.Limits.Output}
	err := e.run(ctx, c.arguments(), e.allowed(), f, &out)
	if out.over {
		err = fmt.Errorf("%s: %w", c.args[0], ErrOutput)
	}
	if err != nil {
		return answer{}, err
	}
	return answer{f.Width, f.Height, out.b}, nil
}

// A page is read again in other directions only if it has enough letters to judge.
// Pages of a scanner came out at 90 and more, upside down at 42 (Tesseract 5.3).
const (
	readable     = 70 // per cent, see [answer.legible]
	judgeLetters = 40
)

// upright reads one page, and, if little of it is legible, again turned by one, two
// and three quarters, because scanners take pages sideways. It returns the most
// legible answer.
func (e *Engine) upright(ctx context.Context, c *command, f *raster.Frame) (answer, error) {
	best, err := e.recognise(ctx, c, f)
	for turns := 0; err == nil && turns < 3 && best.legible() < readable; turns++ {
		f = f.QuarterTurn()
		var a answer
		if a, err = e.recognise(ctx, c, f); a.legible() > best.legible() {
			best = a
		}
	}
	return best, err
}

// legible returns the mean certainty of the letters, in per cent. Letters of
// vertical lines count as 0. It is 100 for an answer without certainties or with
// fewer letters than judgeLetters.
func (a answer) legible() float64 {
	if !a.isHOCR() {
		return 100
	}
	letters, sure := 0, 0
	for _, l := range hocrLines(a.text) {
		for _, w := range l.words {
			n := utf8.RuneCountInString(w.Text)
			letters += n
			if math.Abs(l.slope) < 1 {
				sure += n * w.Sure
			}
		}
	}
	if letters < judgeLetters {
		return 100
	}
	return float64(sure) / float64(letters)
}

// sheet lays the answer out: hOCR by its boxes, other text line by line.
func (a answer) sheet() page.Sheet {
	if a.isHOCR() {
		return hocrSheet(a)
	}
	return plainSheet(a)
}

func (a answer) isHOCR() bool {
	head := a.text[:min(len(a.text), 4<<10)]
	return bytes.Contains(head, []byte("ocr_page")) || bytes.Contains(head, []byte("ocr-system"))
}
