package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nghiquyet/search"
	"nghiquyet/search/relevance"
)

// evalDepth is how many hits of each query are judged.
const evalDepth = search.MaxSize

func newEval() *cobra.Command {
	var (
		flags                   indexFlags
		queries, qrels, address string
		asJSON, each            bool
	)
	cmd := &cobra.Command{
		Use:   "eval --queries Q.jsonl --qrels R.tsv",
		Short: "Đo chất lượng tìm kiếm: nDCG@10, MRR@10, recall@10/100",
		Long: `Chạy các câu hỏi đã có đáp án và đo: nDCG@10, MRR@10, recall@10, recall@100.
Q.jsonl: mỗi dòng {"id":…,"text":…}. R.tsv: mỗi dòng id câu hỏi, id văn bản, mức độ
(1 trở lên là đúng), cách nhau bởi tab. Câu hỏi không có đáp án được bỏ qua.`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if queries == "" || qrels == "" {
				return usagef("cần --queries và --qrels")
			}
			judged, err := readJudged(queries, qrels)
			if err != nil {
				return err
			}
			measure := func(ctx context.Context, ask asker) error {
				sum, err := evaluate(ctx, judged, ask, func(q relevance.Judged, m Measures) {
					if each {
						cmd.Printf("%s\t%s\n", oneLine(q.Query), m)
					}
				})
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), sum)
				}
				cmd.Printf("%d câu hỏi: %s\n", sum.Queries, sum)
				return nil
			}
			if address != "" {
				ask, err := overHTTP(address)
				if err != nil {
					return err
				}
				return measure(cmd.Context(), ask)
			}
			return flags.withEngine(cmd, func(ctx context.Context, e search.Engine) error {
				return measure(ctx, inProcess(e))
			})
		},
	}
	flags.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&queries, "queries", "", "các câu hỏi (JSON Lines)")
	fs.StringVar(&qrels, "qrels", "", "các đáp án (TSV)")
	fs.StringVar(&address, "url", "", "hỏi một dịch vụ đang chạy, ví dụ http://127.0.0.1:8080")
	fs.BoolVar(&asJSON, "json", false, "in JSON")
	fs.BoolVar(&each, "each", false, "in từng câu hỏi")
	return cmd
}

// readJudged reads the queries that have at least one relevant document.
func readJudged(queries, qrels string) ([]relevance.Judged, error) {
	asked, err := readFrom(queries, relevance.ReadQueries)
	if err != nil {
		return nil, err
	}
	grades, err := readFrom(qrels, relevance.ReadQrels)
	if err != nil {
		return nil, err
	}
	judged := relevance.Join(asked, grades)
	if len(judged) == 0 {
		return nil, fmt.Errorf("%s: không câu hỏi nào có đáp án trong %s", queries, qrels)
	}
	return judged, nil
}

func readFrom[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	f, err := os.Open(path)
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	v, err := read(f)
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return v, err
}

// Measures are the means over the queries.
type Measures struct {
	Queries int `json:"queries"`
	relevance.Measures
	// MeanMS is the mean time to an answer, in milliseconds.
	MeanMS float64 `json:"mean_ms"`
}

func (m Measures) String() string {
	return fmt.Sprintf("nDCG@10 %.4f  MRR@10 %.4f  recall@10 %.4f  recall@100 %.4f  %.2f ms",
		m.NDCG10, m.MRR10, m.Recall10, m.Recall100, m.MeanMS)
}

// asker returns the ids of the best documents, best first.
type asker func(ctx context.Context, text string) ([]string, error)

func evaluate(ctx context.Context, judged []relevance.Judged, ask asker, each func(relevance.Judged, Measures)) (Measures, error) {
	var ms float64
	list := make([]relevance.Measures, len(judged))
	for i, q := range judged {
		started := time.Now()
		ids, err := ask(ctx, q.Query)
		if err != nil {
			return Measures{}, fmt.Errorf("ask %q: %w", q.Query, err)
		}
		took := float64(time.Since(started).Microseconds()) / 1e3
		list[i], ms = relevance.Measure(ids, q.Grades), ms+took
		each(q, Measures{1, list[i], took})
	}
	return Measures{len(judged), relevance.Mean(list), ms / float64(len(judged))}, nil
}

// evalValues returns the parameters of one judged query. A query longer than
// allowed is cut at a word.
func evalValues(text string) url.Values {
	for len(text) > search.MaxTextBytes {
		cut := strings.LastIndexByte(text[:search.MaxTextBytes+1], ' ')
		if cut < 0 {
			break
		}
		text = text[:cut]
	}
	return url.Values{"q": {text}, "size": {strconv.Itoa(evalDepth)}, "facets": {"none"}}
}

func inProcess(e search.Engine) asker {
	return func(ctx context.Context, text string) ([]string, error) {
		q, errs := search.FromValues(evalValues(text))
		if err := paramError(errs); err != nil {
			return nil, err
		}
		res, err := e.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		return hitIDs(res), nil
	}
}

func overHTTP(address string) (asker, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, usagef("--url %q: cần dạng http://máy:cổng", address)
	}
	at := base.JoinPath("api/v1/search")
	client := &http.Client{Timeout: 30 * time.Second}
	return func(ctx context.Context, text string) ([]string, error) {
		at.RawQuery = evalValues(text).Encode()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
		if err != nil {
			return nil, err
		}
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(io.LimitReader(resp.Body, 64<<20))
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s: %s", resp.Status, oneLine(string(body[:min(len(body), 500)])))
		}
		var res search.Results
		if err := json.Unmarshal(body, &res); err != nil {
			return nil, err
		}
		return hitIDs(&res), nil
	}, nil
}

func hitIDs(res *search.Results) []string {
	ids := make([]string, len(res.Hits))
	for i, h := range res.Hits {
		ids[i] = h.ID
	}
	return ids
}
