package api

import (
	"context"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
	"time"
)

// After a burst of questions the Go runtime keeps the memory that it took: it
// collects garbage only when as much again has been allocated, and gives free
// pages back slowly. returnMemory gives back what a quiet service does not need.
const (
	memoryTick = 10 * time.Second
	// spareMemory is what is not worth a collection, in bytes.
	spareMemory = 32 << 20
	// quietQuestions is how many questions in a tick leave the service quiet.
	quietQuestions = 50
)

// memory is what the runtime says of the heap, in bytes.
type memory struct{ live, objects, free uint64 }

// readMemory reads how much was alive at the last collection, how much there is
// with what has been allocated since, and how much is free and not given back.
func readMemory() memory {
	samples := []runtimemetrics.Sample{
		{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/free:bytes"},
	}
	runtimemetrics.Read(samples)
	value := func(i int) uint64 {
		if samples[i].Value.Kind() != runtimemetrics.KindUint64 {
			return 0
		}
		return samples[i].Value.Uint64()
	}
	return memory{live: value(0), objects: value(1), free: value(2)}
}

// spare is what could be given back.
func (m memory) spare() uint64 { return m.free + m.objects - min(m.live, m.objects) }

// returnMemory gives memory back to the system whenever there is much to spare and
// few questions were asked since the last look, until ctx ends.
func (s *Service) returnMemory(ctx context.Context, give func()) {
	tick := time.NewTicker(memoryTick)
	defer tick.Stop()
	asked := s.queries.count()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		before := asked
		asked = s.queries.count()
		if asked-before <= quietQuestions && readMemory().spare() > spareMemory {
			give()
		}
	}
}

// freeMemory is how memory is given back.
func freeMemory() { debug.FreeOSMemory() }
