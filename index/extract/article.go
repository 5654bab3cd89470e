package extract

import (
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// article turns a page into an article: its frame and parts first, then the fields in the
// order of their table, then place, topics, lessons, sections and citations. It
// stops between two of them when the time is used up.
func (x *Extractor) article(limited *budget, in read.Input, p *page.Page) (*Result, error) {
	if (!p.Supplied || p.Crawl != nil) && challenge(p) {
		return nil, page.Rejectf(in.Name, page.CodeChallenge, "trang chặn hoặc trang báo lỗi của máy chủ, không phải bài")
	}
	heads := takeHeads(p)
	frame(p)
	today := LatestDay(x.Today)
	d := newDoc(in.Name, p, today)
	if p.Supplied && !p.Whole && strings.TrimSpace(d.text) == "" { // all text looks like furniture, but there is no other
		p.Whole = true
		d = newDoc(in.Name, p, today)
	}
	if strings.TrimSpace(d.text+heads) == "" && d.meta["supplied:title"] == "" && d.meta["attribute:title"] == "" && d.title < 0 {
		return nil, page.Rejectf(in.Name, page.CodeEmpty, "không còn chữ nào sau khi bỏ khung trang")
	}
	if p.Crawl != nil && x.Language != LanguageAny && !vi.IsVietnamese(cmp.Or(d.meta["supplied:title"], p.Title)+"\n"+d.text) {
		return nil, page.Rejectf(in.Name, page.CodeLanguage, "không phải tiếng Việt")
	}
	d.heads = heads
	res := &Result{Line: in.Line}
	a := &res.Article
	if p.Crawl != nil && !p.Crawl.Fetched.IsZero() {
		a.Fetched = index.Maybe(p.Crawl.Fetched.UTC().Format(time.RFC3339))
	}
	a.Hash = in.Hash
	a.Original = &index.Original{Type: read.MediaType(in), Size: int64(len(in.Data)), SHA256: in.Hash}
	a.Evidence = map[string]index.Evidence{}
	res.Decisions = make([]Decision, 0, len(fields)+4) // and those of places and topics
	record := func(dec Decision) {
		d.value[dec.Field] = dec.Value
		if strings.HasPrefix(dec.Rule, "dateline") {
			d.value["dated"] = dec.Value
		}
		a.Evidence[dec.Field] = dec.Evidence
		res.Decisions = append(res.Decisions, dec)
	}
	for _, i := range d.tail {
		if _, ok := byline(d.lines[i].Text); ok {
			d.value["bylined"] = "yes"
		}
	}
	x.mapKind(d, res)
	for _, f := range fields {
		if err := limited.now(); err != nil {
			return nil, err
		}
		record(believed(f.decide(d), p))
	}
	a.Title = clip(d.value["title"], index.MaxTitleBytes)
	for field, to := range map[string]*index.Maybe{"date": &a.Date, "number": &a.Number, "kind": &a.Kind, "issuer": &a.Issuer, "signer": &a.Signer,
		"author": &a.Author, "congress": &a.Congress, "term": &a.Term, "url": &a.URL, "source": &a.Source} {
		*to = index.Maybe(d.value[field])
	}
	a.ID = cmp.Or(d.meta["supplied:id"], inputID(in))
	delete(a.Evidence, "url") // the URL describes the file, not the content
	delete(a.Evidence, "source")
	for _, step := range []func(){
		func() { x.locate(d, a, record) },
		func() { x.classify(d, res, record) },
		func() { a.Lessons = d.lessons() },
		func() { a.Sections = d.sections() },
		func() { d.surround(a, heads) },
		func() { a.Citations = d.citations(a) },
	} {
		if err := limited.now(); err != nil {
			return nil, err
		}
		step()
	}
	if p.OCR {
		recognised(a, p)
	}
	if given := d.meta["supplied:date-text"]; given != "" && givenDate(given) == "" {
		res.Doubt = fmt.Sprintf("ngày được cho là %q, không phải một ngày: bỏ qua", page.OneLine(given))
	} else if doubt := doubtOf(a, today); doubt != "" && d.meta["supplied:date-confirmed"] == "" {
		res.Doubt = wordDoubt(a.Date, doubt)
		if doubt == index.DoubtFuture {
			d.await(string(a.Date))
		}
		ev := a.Evidence["date"]
		ev.Sure, ev.Doubt = index.SureLow, doubt
		a.Evidence["date"] = ev
	}
	res.Awaits = index.Maybe(d.awaits)
	if err := a.Validate(); err != nil {
		return nil, page.Rejectf(in.Name, page.CodeInvalid, "văn bản không hợp lệ (%v)", err)
	}
	return res, nil
}

// clip cuts s to at most n bytes at a space.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:max(0, strings.LastIndexByte(s[:n], ' '))], "")
}

// inputID makes an ID of a file's name; for an attached file of the letter's name
// and its own.
func inputID(in read.Input) string {
	id := fileID(in.Letter())
	if in.Part != "" {
		id += "-" + fileID(in.Part)
	}
	return id
}

// fileID makes an ID of a file's name: letters, digits, - _ and . stay.
func fileID(name string) string {
	id := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return '-'
	}, page.CleanText(read.Stem(name)))
	return cmp.Or(clip(strings.Trim(id, "-."), 200), "tep")
}

func baseName(name string) string { return page.CleanText(filepath.Base(name)) }

// hostOf is the host of an address without www.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
