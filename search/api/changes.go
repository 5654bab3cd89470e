package api

import (
	"context"
	"errors"
	"net/url"

	"github.com/gin-gonic/gin"

	"nghiquyet/index"
	"nghiquyet/index/register"
	"nghiquyet/search"
	"nghiquyet/search/history"
	"nghiquyet/search/locale"
)

// History has the documents that entered and left the index; [history.History]
// implements it.
type History interface {
	Left(ctx context.Context, generation, id string) bool
	Changes(ctx context.Context, since, to string) (register.Changes, error)
	Nights(ctx context.Context, generation string) ([]history.Night, error)
	Night(ctx context.Context, generation, night string) (history.Night, error)
}

var _ History = (*history.History)(nil)

// changesParams have the generation after which changes are listed.
type changesParams struct {
	Since string `query:"since" required:"true" maxLength:"100"`
}

// Changes are the differences between the articles of Generation and of Since.
type Changes struct {
	Since      string    `json:"since"`
	Generation string    `json:"generation"`
	Added      []Arrival `json:"added"`
	Changed    []Arrival `json:"changed"`
	Removed    []Arrival `json:"removed"`
}

// Arrival is one article of Changes.
type Arrival struct {
	ID       string      `json:"id"`
	Title    string      `json:"title"`
	Date     index.Maybe `json:"date" nullable:"true"`
	Province index.Maybe `json:"province" nullable:"true"`
	Indexed  string      `json:"indexed"`
	Left     string      `json:"left,omitempty"`
}

// History returns the configured History, or nil.
func (s *Service) History() History { return s.cfg.History }

// changes answers with the articles that entered, changed or left since a generation.
func (s *Service) changes(c *gin.Context) error {
	v, err := values(c)
	if err != nil {
		return err
	}
	since, err := sinceOf(v)
	if err != nil {
		return err
	}
	answer, err := askCached(s, c, func(ctx context.Context, e search.Engine) (answer Changes, err error) {
		generation := e.Info().Generation
		if s.cfg.History == nil || generation == "" {
			return answer, notKnown(since)
		}
		found, err := s.cfg.History.Changes(ctx, since, generation)
		if errors.Is(err, history.ErrUnknown) {
			return answer, notKnown(since)
		}
		return Changes{since, generation, arrivals(found.Added), arrivals(found.Changed), arrivals(found.Removed)}, err
	})
	return s.reply(c, answer, err)
}

// sinceOf reads the only parameter of changes.
func sinceOf(v url.Values) (string, error) {
	wrong := search.UnknownParams(v, "since")
	since := v.Get("since")
	if since == "" {
		wrong = append(wrong, search.ParamError{Param: "since", Code: search.CodeFormat,
			Wrong: locale.Text{"còn thiếu", "missing"},
			Right: locale.Text{"tên một thế hệ, như generation của một câu trả lời", "the name of a generation, such as generation of an answer"}})
	}
	if len(wrong) > 0 {
		return "", ParamErrors(wrong)
	}
	return since, nil
}

// notKnown is the error for a generation that no register remembers.
func notKnown(since string) error {
	return ParamErrors{{Param: "since", Value: cut(since), Code: search.CodeUnknownValue,
		Wrong: locale.Text{"không còn nhớ gì về thế hệ này", "nothing is remembered of this generation"},
		Right: locale.Text{"tên một thế hệ gần đây; nếu không có, hãy tải lại toàn bộ bằng /api/v1/export", "the name of a recent generation; without one, take everything from /api/v1/export"}}}
}

func arrivals(list []register.Change) []Arrival {
	out := make([]Arrival, len(list))
	for i, c := range list {
		out[i] = Arrival{c.ID, c.Title, index.Maybe(c.Date), index.Maybe(c.Province), register.Stamp(c.Indexed), register.Stamp(c.Left)}
	}
	return out
}
