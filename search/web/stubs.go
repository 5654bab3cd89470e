package web
import "github.com/gin-gonic/gin"
func (s *site) article(c *gin.Context, r reader) (*page, error) { return nil, nil }
func (s *site) dashboard(c *gin.Context, r reader) (*page, error) { return nil, nil }
func (s *site) compare(c *gin.Context, r reader) (*page, error) { return nil, nil }
type task struct{}
func tasks(string) []task { return nil }
