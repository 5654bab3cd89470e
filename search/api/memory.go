package api

import (
	"context"
	runtimemetrics "runtime/metrics"
	"time"
)

// After a burst of queries the Go runtime keeps the memory: it collects garbage
// only after as much again has been allocated, and returns free pages slowly.
// returnMemory returns the memory that a quiet service does not need.
const (
	memoryTick = 10 * time.Second
	// spareMemory is the least memory worth a collection, in bytes.
	spareMemory = 32 << 20
	// quietQuestions is the largest number of queries in a tick of a quiet service.
	quietQuestions = 50
)

// memory has sizes of the heap, in bytes.
type memory struct{ live, objects, free uint64 }

// readMemory returns how much was live at the last collection, how much there is
// with later allocations, and how much is free but not returned to the system.
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

// spare returns how much could be returned to the system.
func (m memory) spare() uint64 { return m.free + m.objects - min(m.live, m.objects) }

// returnMemory calls give whenever much memory is spare and few queries ran since
// the last tick, until ctx ends.
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
