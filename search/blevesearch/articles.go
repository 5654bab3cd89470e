package blevesearch

import (
	"context"
	"iter"

	"nghiquyet/index"
	"nghiquyet/index/units"
)

// Articles returns every article, complete as it was put into the index.
func (s *Searcher) Articles(ctx context.Context) iter.Seq2[*index.Article, error] {
	return func(yield func(*index.Article, error) bool) {
		for _, l := range s.leaves {
			for it := l.article.Iterator(); it.HasNext(); {
				err := ctx.Err()
				var a *index.Article
				if err == nil {
					var fields map[string][]byte
					fields, err = l.stored(it.Next(), index.FieldHead, index.FieldRest, index.FieldBody)
					if err == nil {
						a, err = units.DecodeArticle(fields[index.FieldHead], fields[index.FieldRest], fields[index.FieldBody])
					}
				}
				if !yield(a, err) || err != nil {
					return
				}
			}
		}
	}
}
