package opensearch

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/indextest"
	"nghiquyet/index/learned"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/searchtest"
)

// urlEnv names a cluster to test against.
const urlEnv = "NGHIQUYET_TEST_OPENSEARCH_URL"

// build indexes articles in the cluster and opens the index. It is removed at
// the end of the test.
func build(t testing.TB, shards int, articles []*index.Article, model *learned.Model) *Searcher {
	t.Helper()
	url := os.Getenv(urlEnv)
	if url == "" {
		t.Skip("no OpenSearch: give its address in " + urlEnv)
	}
	prefix := "search-" + strings.ToLower(rand.Text())
	c, err := opensearchindex.NewCluster(opensearchindex.Config{URLs: strings.Split(url, ","), Prefix: prefix, Owner: "test", Shards: shards})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Do(context.Background(), http.MethodDelete, "/"+prefix+"-*?expand_wildcards=all", nil, nil); err != nil {
			t.Error(err)
		}
		c.Close()
	})
	b, err := c.Begin(t.Context(), "test", model)
	if err != nil {
		t.Fatal(err)
	}
	n, lessons := indextest.Put(t, b, articles...)
	m, err := b.Publish(t.Context(), generation.Info{Articles: n, Lessons: lessons, Engine: opensearchindex.Engine, Schema: index.SchemaVersion})
	if err != nil {
		t.Fatal(err)
	}
	x, err := c.Load(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// shards are the numbers of shards that the suites run on: several, and in the step
// whole of .ci/run one too.
func shards() []int {
	if shareddata.EveryNth(2) > 1 {
		return []int{3}
	}
	return []int{1, 3}
}

// TestSuite runs the suite of every engine.
func TestSuite(t *testing.T) {
	for _, shards := range shards() {
		t.Run(fmt.Sprintf("shards=%d", shards), func(t *testing.T) {
			t.Parallel() // each waits for the node most of its time
			searchtest.Run(t, shareddata.EveryNth(3), func(t *testing.T, articles []*index.Article) search.Engine {
				return build(t, shards, articles, nil)
			})
		})
	}
}

// TestTaught is the same of indexes with a model.
func TestTaught(t *testing.T) {
	for _, shards := range shards() {
		t.Run(fmt.Sprintf("shards=%d", shards), func(t *testing.T) {
			t.Parallel() // each waits for the node most of its time
			searchtest.RunTaught(t, func(t *testing.T, articles []*index.Article, m *learned.Model) search.Engine {
				return build(t, shards, articles, m)
			})
		})
	}
}
