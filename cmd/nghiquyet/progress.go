package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"nghiquyet/index/reindex"
)

// progress shows how far a reindex is.
type progress interface {
	status(reindex.Status)
	done(*reindex.Report)
}

// phases as people read them.
var phases = map[string]string{
	reindex.PhaseFind:   "Tìm tệp",
	reindex.PhaseRead:   "Đọc văn bản",
	reindex.PhaseLearn:  "Học từ văn bản",
	reindex.PhaseIndex:  "Lập chỉ mục",
	reindex.PhaseMerge:  "Gộp chỉ mục",
	reindex.PhaseCommit: "Ghi xuống đĩa",
	reindex.PhaseTidy:   "Dọn thế hệ cũ",
}

// newProgress makes the progress of a mode: a bar or lines for people on
// stderr, JSON Lines for programs on stdout.
func newProgress(mode string, stdout, stderr io.Writer) (progress, error) {
	if err := choice("progress", mode, "auto", "plain", "json", "none"); err != nil {
		return nil, err
	}
	switch {
	case mode == "json":
		return &jsonProgress{enc: json.NewEncoder(stdout)}, nil
	case mode == "none":
		return noProgress{}, nil
	case mode == "auto" && isTerminal(stderr):
		return &barProgress{w: stderr}, nil
	}
	return &plainProgress{w: stderr}, nil
}

type noProgress struct{}

func (noProgress) status(reindex.Status) {}
func (noProgress) done(*reindex.Report)  {}

// throttle lets the first status of each phase pass, and then one in a while.
type throttle struct {
	phase string
	last  time.Time
}

func (t *throttle) passes(s reindex.Status, every time.Duration) bool {
	if s.Phase == t.phase && time.Since(t.last) < every {
		return false
	}
	t.phase, t.last = s.Phase, time.Now()
	return true
}

// plainProgress writes one line per phase, and one every plainEvery.
type plainProgress struct {
	noProgress
	throttle
	w io.Writer
}

const plainEvery = 5 * time.Second

func (p *plainProgress) status(s reindex.Status) {
	if p.passes(s, plainEvery) {
		fmt.Fprintln(p.w, line(s))
	}
}

// line is a status as a line of text.
func line(s reindex.Status) string {
	text := phases[s.Phase]
	if s.Total > 0 && s.Done > 0 {
		text += fmt.Sprintf(" %d%%", 100*s.Done/s.Total)
	}
	return text + rates(s)
}

// rates describes the speed of a phase and when it will end, if known.
func rates(s reindex.Status) string {
	var text string
	if s.Docs > 0 {
		text = fmt.Sprintf(": %d văn bản, %.0f văn bản/giây, %.1f MB/giây", s.Docs, s.DocsRate, s.MBRate)
	}
	if s.PagesFound > 0 {
		text += fmt.Sprintf(", nhận dạng chữ %d/%d trang", s.Pages, s.PagesFound)
	}
	if s.Left > 0 {
		text += fmt.Sprintf(", còn khoảng %v", s.Left.Round(time.Second))
	}
	return text
}

// jsonProgress writes one object per status, and at the end the report without its
// lists.
type jsonProgress struct {
	throttle
	enc *json.Encoder
}

const jsonEvery = time.Second

func (p *jsonProgress) status(s reindex.Status) {
	if !p.passes(s, jsonEvery) {
		return
	}
	p.enc.Encode(struct {
		reindex.Status
		Elapsed float64 `json:"elapsed_seconds"`
		Left    float64 `json:"left_seconds"`
	}{s, s.Elapsed.Seconds(), s.Left.Seconds()})
}

func (p *jsonProgress) done(r *reindex.Report) {
	short := r.WithoutLists()
	p.enc.Encode(struct {
		Phase string `json:"phase"`
		*reindex.Report
	}{"done", &short})
}

// barProgress draws one bar per phase.
type barProgress struct {
	w     io.Writer
	phase string
	bar   *progressbar.ProgressBar
}

func (p *barProgress) status(s reindex.Status) {
	if s.Phase != p.phase {
		p.end()
		p.phase = s.Phase
		p.bar = progressbar.NewOptions64(cmp.Or(s.Total, -1), // a spinner if it is not known
			progressbar.OptionSetWriter(p.w), progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetElapsedTime(false), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetWidth(20), progressbar.OptionUseANSICodes(true),
			progressbar.OptionSpinnerCustom([]string{"…"}), progressbar.OptionSetSpinnerChangeInterval(0))
	}
	p.bar.Set64(s.Done)
	p.bar.Describe(phases[s.Phase] + rates(s)) // draws
}

func (p *barProgress) end() {
	if p.bar != nil {
		p.bar.Exit()
		fmt.Fprintln(p.w)
	}
}

func (p *barProgress) done(*reindex.Report) { p.end() }
