//go:build !amd64

package learned

func nearest(query []int8, vectors []byte) int32 { return nearestInGo(query, vectors) }
