package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/locale"
)

// searchParam is a filter of search, under the name of the API's parameter.
type searchParam struct {
	name, usage string
	many        bool
}

// searchParams returns the filters of search, among them those of the facets.
func searchParams() []searchParam {
	list := []searchParam{{"type", "article (bài), lesson (bài học) hoặc all", false}}
	for _, f := range search.FacetTable() {
		if f.Filter {
			list = append(list, searchParam{f.Name, f.Help.In(locale.Vietnamese) + "; lặp lại được", true})
		}
		if f.Views != nil {
			list = append(list, searchParam{f.Views.Param, f.Views.Help.In(locale.Vietnamese), false})
		}
	}
	return append(list, []searchParam{
		{"from", "từ ngày NNNN-TT-NN", false},
		{"to", "đến ngày NNNN-TT-NN", false},
		{"added", "chỉ văn bản vào chỉ mục từ đó: 7d, một ngày NNNN-TT-NN hoặc một thời điểm", false},
		{"sort", "relevance, newest, oldest hoặc added (mới vào chỉ mục)", false},
		{"size", "số kết quả mỗi trang, 0–100", false},
		{"page", "trang, từ 1", false},
		{"cursor", "trang sâu, lấy từ next_cursor", false},
		{"facets", "các bảng đếm, cách nhau bởi dấu phẩy, hoặc none", false},
		{"group", "copies: gộp các bài gần như giống nhau", false},
	}...)
}

func newSearch() *cobra.Command {
	var (
		flags                    indexFlags
		asJSON, explain, literal bool
	)
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Tìm kiếm ngay trong cửa sổ lệnh",
		Example: `  nghiquyet search "nghị quyết đảng bộ" --province "Quảng Trị" --from 2020-01-01
  nghiquyet search '"bài học kinh nghiệm" tinh:"Gia Lai"' --type lesson
  nghiquyet search "" --size 0            đếm theo tỉnh, chủ đề, năm`,
		Args: usage(cobra.ArbitraryArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			v := queryValues(cmd.Flags(), strings.Join(args, " "))
			if explain {
				v.Set("explain", "1")
			}
			if literal {
				v.Set("literal", "1")
			}
			q, errs := search.FromValues(v)
			if err := paramError(errs); err != nil {
				return err
			}
			remove, err := flags.orSamples(cmd.Context(), cmd)
			if err != nil {
				return err
			}
			defer remove()
			return flags.withEngine(cmd, func(ctx context.Context, e search.Engine) error {
				res, err := e.Search(ctx, q)
				if err != nil {
					if param, ok := err.(*search.ParamError); ok { // no document has the value
						err = usageError{param}
					}
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), api.Answer(res, locale.Vietnamese))
				}
				return printResults(cmd.OutOrStdout(), res, isTerminal(cmd.OutOrStdout()))
			})
		},
	}
	flags.add(cmd)
	fs := cmd.Flags()
	for _, p := range searchParams() {
		name := strings.ReplaceAll(p.name, "_", "-")
		if p.many {
			fs.StringArray(name, nil, p.usage)
		} else {
			fs.String(name, "", p.usage)
		}
	}
	fs.BoolVar(&asJSON, "json", false, "in câu trả lời của API")
	fs.BoolVar(&explain, "explain", false, "giải thích điểm")
	fs.BoolVar(&literal, "literal", false, "tìm đúng như gõ, không sửa chính tả")
	return cmd
}

// queryValues writes the flags as the parameters of the API.
func queryValues(fs *pflag.FlagSet, text string) url.Values {
	v := url.Values{"q": {text}}
	for _, p := range searchParams() {
		f := fs.Lookup(strings.ReplaceAll(p.name, "_", "-"))
		if list, ok := f.Value.(pflag.SliceValue); ok {
			v[p.name] = list.GetSlice()
		} else {
			v.Set(p.name, f.Value.String())
		}
	}
	return v
}

// marks returns the marks around matches: bold in a terminal, brackets elsewhere.
func marks(terminal bool) (open, end string) {
	if terminal {
		return "\x1b[1;33m", "\x1b[0m"
	}
	return "[", "]"
}

// shownFacetValues is how many values of a facet are printed.
const shownFacetValues = 8

// printResults writes an answer for people.
func printResults(w io.Writer, res *search.Results, terminal bool) error {
	open, end := marks(terminal)
	var b strings.Builder
	fmt.Fprintf(&b, "%d kết quả", res.Total)
	counted := res.Total
	if res.Groups != nil {
		counted = *res.Groups
		fmt.Fprintf(&b, ", %d sau khi gộp bản trùng", counted)
	}
	if close := res.Query.Ranked - counted; close > 0 {
		fmt.Fprintf(&b, " và %d gần đúng", close)
	}
	fmt.Fprintf(&b, ", %.1f ms", res.TookMS)
	switch res.Query.Match {
	case search.MatchMost:
		b.WriteString("; gồm cả kết quả chỉ có phần lớn các từ")
	case search.MatchAny:
		b.WriteString("; gồm cả kết quả chỉ có một vài từ")
	}
	b.WriteString("\n")
	if c := res.Query.Corrected; c != "" {
		fmt.Fprintf(&b, "Đã tìm: %s (gõ --literal để tìm đúng như gõ)\n", oneLine(string(c)))
	}
	for _, note := range res.Query.Notes {
		fmt.Fprintf(&b, "Lưu ý: %s\n", oneLine(note.In(locale.Vietnamese)))
	}
	for i, h := range res.Hits {
		fmt.Fprintf(&b, "\n%d. %s\n", i+1, oneLine(h.Title))
		if h.Lesson != nil {
			fmt.Fprintf(&b, "   Bài học %d: %s\n", h.Lesson.Ordinal, oneLine(h.Lesson.Article.Title))
		}
		fmt.Fprintf(&b, "   %s\n", strings.Join(about(h), " · "))
		for _, s := range h.Snippets {
			var text strings.Builder
			for _, r := range s.Runs {
				if r.Match {
					text.WriteString(open + printable(r.Text) + end)
				} else {
					text.WriteString(printable(strings.ReplaceAll(r.Text, "\n", " ")))
				}
			}
			fmt.Fprintf(&b, "   … %s …\n", strings.TrimSpace(text.String()))
		}
		for _, d := range h.Explain {
			fmt.Fprintf(&b, "   %8.3f  %s\n", d.Score, oneLine(d.Clause))
		}
	}
	printFacets(&b, res)
	_, err := io.WriteString(w, b.String())
	return err
}

// about lists the known facts of a hit.
func about(h search.Hit) []string {
	list := []string{oneLine(h.ID)}
	if h.Match == search.HitClose {
		list = append(list, "gần đúng")
	}
	for _, m := range []index.Maybe{h.Number, h.Date, h.Province.Now, h.District, h.Author, h.URL} {
		if m != "" {
			list = append(list, oneLine(string(m)))
		}
	}
	return append(list, fmt.Sprintf("điểm %.2f", h.Score))
}

func printFacets(b *strings.Builder, res *search.Results) {
	first := true
	for _, name := range search.Facets {
		var values []string
		more := 0
		counts := slices.Clone(res.Facets[name])
		slices.SortStableFunc(counts, func(a, b search.Count) int { return b.Count - a.Count })
		for _, c := range counts {
			switch {
			case c.Count == 0:
			case len(values) == shownFacetValues:
				more++
			default:
				values = append(values, fmt.Sprintf("%s %d", oneLine(c.Label), c.Count))
			}
		}
		if len(values) == 0 {
			continue
		}
		if first {
			b.WriteString("\n")
			first = false
		}
		fmt.Fprintf(b, "%s: %s", search.FacetOf(name).Label.In(locale.Vietnamese), strings.Join(values, ", "))
		if more > 0 {
			fmt.Fprintf(b, ", … và %d nữa", more)
		}
		b.WriteString("\n")
	}
}
