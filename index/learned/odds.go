package learned

import "math"

// smoothing is the number of titles with the mean share that are added to the
// titles of a feature.
const smoothing = 10

// learnOdds learns for each row its probability to occur in the best passage for a title
// that contains it: the logit of that share minus the logit of the mean, separately for
// syllables and pairs. Robertson and Spärck Jones (1976) weigh terms by such odds of
// judged documents. A passage is a window of syllables.
func learnOdds(c *Corpus, v *vocabulary, window int) []float32 {
	o := &oddsCounter{v: v, window: window, documents: float64(len(c.docs)), place: make([]int32, v.size())}
	asked, found := make([]float64, v.size()), make([]float64, v.size())
	for i := range c.docs {
		d := &c.docs[i]
		if len(d.title) < leastTitle {
			continue
		}
		terms, has := o.best(d)
		for k, row := range terms {
			asked[row]++
			if has[k] {
				found[row]++
			}
		}
	}
	return logits(asked, found, len(v.syllables))
}

// oddsCounter looks for the best passage of a title.
type oddsCounter struct {
	v         *vocabulary
	window    int
	documents float64
	place     []int32 // of a row among the terms of the title at hand, from 1
}

// best returns the distinct features of a title, and which of them are in its best
// passage: the one with the greatest idf sum of them.
func (o *oddsCounter) best(d *sampled) (terms []int32, best []bool) {
	o.v.each(d.title, func(row int32) {
		if o.place[row] == 0 {
			terms = append(terms, row)
			o.place[row] = int32(len(terms))
		}
	})
	text := append([]uint32(nil), d.text...)
	blank(text, d.title)
	most := -1.0
	for from := 0; from == 0 || from+o.window/2 < len(text); from += o.window / 2 {
		has, sum := make([]bool, len(terms)), 0.0
		o.v.each(text[from:min(from+o.window, len(text))], func(row int32) {
			if at := o.place[row]; at > 0 && !has[at-1] {
				has[at-1] = true
				sum += math.Log((o.documents + 1) / float64(o.v.docs[row]+1))
			}
		})
		if sum > most {
			best, most = has, sum
		}
	}
	for _, row := range terms {
		o.place[row] = 0
	}
	return terms, best
}

// logits compares the shares with their means.
func logits(asked, found []float64, syllables int) []float32 {
	out := make([]float32, len(asked))
	for _, rows := range [][2]int{{1, 1 + syllables}, {1 + syllables, len(asked)}} {
		var sum, of float64
		for row := rows[0]; row < rows[1]; row++ {
			sum, of = sum+found[row], of+asked[row]
		}
		if of == 0 {
			continue
		}
		mean := min(max(sum/of, 0.01), 0.99)
		for row := rows[0]; row < rows[1]; row++ {
			p := (found[row] + smoothing*mean) / (asked[row] + smoothing)
			out[row] = float32(logit(p) - logit(mean))
		}
	}
	return out
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
