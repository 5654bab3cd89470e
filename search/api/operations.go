package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// Documented paths of routes that share a wildcard.
const (
	articlePath = "/api/v1/articles/{id}"
	relatedPath = "/api/v1/articles/{id}/related"
)

// operation is one row of the table of routes, from which Gin routes, the OpenAPI
// document describes and /docs lists.
type operation struct {
	id     string
	method string
	path   string // as documented: /api/v1/articles/{id}
	route  string // for Gin, if it differs from path; "-" if another row routes it
	tag    string // one of tags
	title  locale.Text
	params any      // params struct, or nil
	body   any      // struct of the JSON body, or nil
	answer any      // struct of the JSON answer, or nil
	status int      // of the answer, 200 when 0
	types  []string // media types other than JSON
	errors []int    // statuses beside the ones that any operation may answer
	admin  bool
	handle func(*gin.Context) error
}

// operations is the table of routes.
func (s *Service) operations() []operation {
	get, post := http.MethodGet, http.MethodPost
	asks := []int{http.StatusBadRequest, http.StatusServiceUnavailable} // statuses of all operations that query the engine
	finds := append([]int{http.StatusNotFound}, asks...)
	reads := append([]int{http.StatusGone}, finds...)
	return []operation{
		{id: "search", tag: tagSearch, method: get, path: "/api/v1/search", title: locale.Text{"Tìm văn bản và bài học kinh nghiệm", "Search articles and lessons"},
			params: searchParams{}, answer: search.Results{}, errors: asks, handle: s.search},
		{id: "article", tag: tagSearch, method: get, path: articlePath, route: "/api/v1/articles/*id", title: locale.Text{"Một văn bản", "One article"},
			params: articleParams{}, answer: Article{}, errors: reads, handle: s.articleOrRelated},
		{id: "related", tag: tagSearch, method: get, path: relatedPath, route: "-", title: locale.Text{"Các văn bản cùng vấn đề", "Articles on the same matter"},
			params: relatedParams{}, answer: Related{}, errors: finds},
		{id: "suggest", tag: tagSearch, method: get, path: "/api/v1/suggest", title: locale.Text{"Gợi ý khi đang gõ", "Suggestions while typing"},
			params: suggestParams{}, answer: Suggestions{}, errors: asks, handle: s.suggest},
		{id: "stats", tag: tagCounts, method: get, path: "/api/v1/stats", title: locale.Text{"Bảng đếm cho trang thống kê", "Counts for dashboards"},
			params: statsParams{}, answer: search.Cube{}, types: []string{typeCSV}, errors: asks, handle: s.stats},
		{id: "places", tag: tagCounts, method: get, path: "/api/v1/places", title: locale.Text{"Tỉnh qua các thời kỳ và xã hiện nay, kèm mã", "Provinces through time and communes of today, with codes"},
			params: placesParams{}, answer: Places{}, types: []string{typeCSV}, errors: []int{http.StatusBadRequest}, handle: s.places},
		{id: "citations", tag: tagCounts, method: get, path: "/api/v1/citations", title: locale.Text{"Các văn bản được viện dẫn nhiều nhất", "The documents most cited"},
			params: searchParams{}, answer: Citations{}, errors: asks, handle: s.citations},
		{id: "citation", tag: tagCounts, method: get, path: "/api/v1/citations/{number}", route: "/api/v1/citations/*number", title: locale.Text{"Những văn bản viện dẫn một văn bản", "Who cites one document"},
			params: citationParams{}, answer: CitedBy{}, errors: finds, handle: s.citation},
		{id: "export", tag: tagFiles, method: get, path: "/api/v1/export", title: locale.Text{"Tải kết quả về thành tệp", "Download the results as a file"},
			params: exportParams{}, types: exportTypes(), errors: append([]int{http.StatusRequestedRangeNotSatisfiable}, asks...), handle: s.export},
		{id: "feed", tag: tagFiles, method: get, path: "/feed.atom", title: locale.Text{"Theo dõi một câu tìm bằng Atom", "Follow a search as an Atom feed"},
			params: searchParams{}, types: []string{typeAtom}, errors: asks, handle: s.feed},
		{id: "changes", tag: tagFiles, method: get, path: "/api/v1/changes", title: locale.Text{"Văn bản mới, thay đổi, ra khỏi chỉ mục từ một thế hệ", "What came, changed and left since a generation"},
			params: changesParams{}, answer: Changes{}, errors: asks, handle: s.changes},
		{id: "original", tag: tagFiles, method: get, path: originalPath + "{id}", route: originalPath + "*id", title: locale.Text{"Bản gốc của một văn bản, khi người vận hành cho phép", "The original of an article, where the operator allows it"},
			params: articleParams{}, types: []string{typeAny}, errors: append([]int{http.StatusConflict, http.StatusRequestedRangeNotSatisfiable}, reads...), handle: s.original},
		{id: "openapi", tag: tagDocs, method: get, path: "/openapi.json", title: locale.Text{"Tài liệu OpenAPI 3.1", "The OpenAPI 3.1 document"},
			params: documentParams{}, answer: map[string]any{}, errors: []int{http.StatusBadRequest}, handle: s.openAPI},
		{id: "docs", tag: tagDocs, method: get, path: "/docs", title: locale.Text{"Tài liệu để đọc", "The document to read"},
			params: documentParams{}, types: []string{typeHTML}, errors: []int{http.StatusBadRequest}, handle: s.docsPage},
		{id: "docs-style", tag: tagDocs, method: get, path: "/docs/style.css", title: locale.Text{"Kiểu trang của tài liệu", "Its style sheet"},
			types: []string{typeCSS}, handle: s.docsStyle},
		{id: "health", tag: tagService, method: get, path: healthPath, title: locale.Text{"Tiến trình còn chạy", "The process lives"},
			answer: Health{}, handle: s.health},
		{id: "ready", tag: tagService, method: get, path: readyPath, title: locale.Text{"Thế hệ chỉ mục đang trả lời", "The generation that answers"},
			answer: Ready{}, errors: []int{http.StatusServiceUnavailable}, handle: s.ready},
		{id: "metrics", tag: tagService, method: get, path: metricsPath, title: locale.Text{"Số đo cho Prometheus", "Metrics for Prometheus"},
			types: []string{typeText}, errors: []int{http.StatusServiceUnavailable}, handle: s.serveMetrics},
		{id: "generations", tag: tagAdmin, method: get, path: adminPrefix + "/generations", title: locale.Text{"Các thế hệ chỉ mục", "The generations of the index"},
			answer: Generations{}, admin: true, handle: s.listGenerations},
		{id: "rollback", tag: tagAdmin, method: post, path: adminPrefix + "/rollback", title: locale.Text{"Trở lại một thế hệ trước", "Go back to an earlier generation"},
			body: rollbackBody{}, answer: Generation{}, admin: true, handle: s.rollback},
		{id: "reindex", tag: tagAdmin, method: post, path: adminPrefix + "/reindex", title: locale.Text{"Lập chỉ mục lại", "Reindex"},
			body: reindexBody{}, answer: Reindexing{}, status: http.StatusAccepted, admin: true, handle: s.reindex},
		{id: "last-run", tag: tagAdmin, method: get, path: adminPrefix + "/reindex", title: locale.Text{"Lượt lập chỉ mục gần nhất", "The last reindex"},
			answer: Reindexing{}, admin: true, handle: s.lastRun},
	}
}

// media returns the types with which an operation may answer.
func (o *operation) media() []string {
	if o.answer == nil {
		return o.types
	}
	return append([]string{typeJSON}, o.types...)
}

// register mounts the operations and says how they are described.
func (s *Service) register() {
	ops := s.operations()
	for _, o := range ops {
		route := o.route
		switch route {
		case "-":
			continue
		case "":
			route = o.path
		}
		handler := s.handlerOf(o)
		s.router.Handle(o.method, route, handler)
		if o.method == http.MethodGet {
			s.router.Handle(http.MethodHead, route, handler)
		}
	}
	s.described = map[string]func() (description, error){}
	for _, language := range locale.All {
		s.described[language] = sync.OnceValues(func() (description, error) { return s.describe(ops, language) })
	}
}

// handlerOf makes a Gin handler of an operation.
func (s *Service) handlerOf(o operation) gin.HandlerFunc {
	handle, media := o.handle, o.media()
	if o.admin {
		handle = s.guarded(handle)
	}
	return func(c *gin.Context) {
		c.Set(routeKey, o.path)
		if !accepts(c.Request, media...) {
			s.Fail(c, errAccept)
			return
		}
		if err := handle(c); err != nil {
			s.Fail(c, err)
		}
	}
}

// parameter returns one parameter of a route, unescaped once. It removes the slash
// at the beginning of a wildcard's value.
func parameter(c *gin.Context, name string) (string, error) {
	v, err := url.PathUnescape(strings.TrimPrefix(c.Param(name), "/"))
	if err != nil { // net/http has rejected the path already
		return "", fmt.Errorf("%w: %w", ErrNoRoute, err)
	}
	return v, nil
}

// setParameter replaces the value of a parameter of the route.
func setParameter(c *gin.Context, name, value string) {
	for i := range c.Params {
		if c.Params[i].Key == name {
			c.Params[i].Value = value
		}
	}
}

// attachment sets the name of a downloaded file. Names of generations are ours, so
// the quoting is only a precaution.
func attachment(generation, extension string) string {
	return fmt.Sprintf(`attachment; filename="nghiquyet-%s.%s"`, strings.Map(tagRune, generation), extension)
}
