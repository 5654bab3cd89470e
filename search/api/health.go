package api

import (
	"time"

	"github.com/gin-gonic/gin"
)

// Health is the answer of a living process.
type Health struct {
	Status string `json:"status" enum:"ok"`
}

// Ready describes the generation that answers.
type Ready struct {
	Status     string  `json:"status" enum:"ready"`
	Generation string  `json:"generation"`
	Created    string  `json:"created" format:"date-time"`
	AgeSeconds float64 `json:"age_seconds"`
	Articles   int     `json:"articles"`
	Lessons    int     `json:"lessons"`
	Version    string  `json:"version"`
	// Degraded reports that a newer generation exists but cannot be opened. The log
	// has the reason.
	Degraded bool `json:"degraded"`
}

// health answers as long as the process lives.
func (s *Service) health(c *gin.Context) error {
	c.Header("Cache-Control", "no-store")
	return s.json(c, Health{"ok"})
}

// ready answers 200 if queries are answered. It answers 503 without an index, while
// the cluster does not answer or lacks a shard, and during shutdown.
func (s *Service) ready(c *gin.Context) error {
	if s.draining.Load() {
		return errDraining
	}
	state, err := s.state()
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	return s.json(c, state)
}

// state describes the current generation, or returns why it cannot be searched.
func (s *Service) state() (Ready, error) {
	if d, ok := s.source.(interface{ Down() error }); ok {
		if err := d.Down(); err != nil {
			return Ready{}, err
		}
	}
	engine, release, err := s.source.Acquire()
	if err != nil {
		return Ready{}, err
	}
	defer release()
	info := engine.Info()
	r := Ready{Status: "ready", Generation: info.Generation, Created: info.Created,
		Articles: info.Articles, Lessons: info.Lessons, Version: s.cfg.Version}
	if p, ok := s.source.(interface{ Problem() error }); ok {
		r.Degraded = p.Problem() != nil
	}
	if created, err := time.Parse(time.RFC3339, info.Created); err == nil {
		// The age must not be negative after a clock was set back.
		r.AgeSeconds = max(0, time.Since(created).Round(time.Millisecond).Seconds())
	}
	return r, nil
}
