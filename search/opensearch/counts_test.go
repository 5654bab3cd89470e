package opensearch

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"nghiquyet/index/indextest"
)

// Long queries do not make the cached counts take more memory than short ones.
func TestCountsBounded(t *testing.T) {
	var c counts
	long := strings.Repeat("dân vận ", 100)
	before := indextest.LiveHeap()
	for i := range maxCounts + 10 {
		c.put(fmt.Sprint(i, long), i)
	}
	if n, ok := c.get(fmt.Sprint(maxCounts, long)); !ok || n != maxCounts {
		t.Errorf("get = %d, %v", n, ok)
	}
	for i := range maxCounts - 20 {
		c.put(fmt.Sprint(i, long), i)
	}
	if n := indextest.LiveHeap() - before; n > 10<<20 {
		t.Errorf("%d counts take %d bytes", len(c.kept), n)
	}
	runtime.KeepAlive(&c)
}
