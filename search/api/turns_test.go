package api

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"nghiquyet/search"
)

// seen enters as a client and notes the name when its turn comes. The question
// lasts until took is over, on the bubble's clock.
func seen(t *testing.T, q *turns, l *line, name string, took time.Duration, order *[]string, mu *sync.Mutex) {
	go func() {
		err := q.enter(t.Context(), l, time.Millisecond, false)
		mu.Lock()
		if err != nil {
			name += "!"
		}
		*order = append(*order, name)
		mu.Unlock()
		if err == nil {
			time.Sleep(took)
			q.leave(l, time.Millisecond, took)
		}
	}()
	synctest.Wait() // in the order of the calls
}

func TestTurnsGoToWhoUsedLeast(t *testing.T) { synctest.Test(t, turnsGoToWhoUsedLeast) }

func turnsGoToWhoUsedLeast(t *testing.T) {
	q := newTurns(1, 100, 100, time.Hour)
	var order []string
	var mu sync.Mutex
	var costly, cheap, other line
	for i := range 4 {
		seen(t, q, &costly, fmt.Sprint("costly", i), time.Second, &order, &mu)
	}
	for i := range 3 {
		seen(t, q, &cheap, fmt.Sprint("cheap", i), 10*time.Millisecond, &order, &mu)
	}
	seen(t, q, &other, "other0", 10*time.Millisecond, &order, &mu)
	time.Sleep(time.Minute)
	synctest.Wait()
	want := "costly0 cheap0 other0 cheap1 cheap2 costly1 costly2 costly3"
	if got := strings.Join(order, " "); got != want {
		t.Errorf("turns %s, want %s", got, want)
	}
	if running, waiting := q.load(); running != 0 || waiting != 0 || len(q.lines) != 0 {
		t.Errorf("at the end %d run, %d wait in %d lines", running, waiting, len(q.lines))
	}
}

// TestAPauseSavesNothingUp: a client that was away has the next turn, and then takes
// turns.
func TestAPauseSavesNothingUp(t *testing.T) { synctest.Test(t, aPauseSavesNothingUp) }

func aPauseSavesNothingUp(t *testing.T) {
	q := newTurns(1, 100, 100, time.Hour)
	var order []string
	var mu sync.Mutex
	var busy, back line
	for i := range 3 {
		seen(t, q, &busy, fmt.Sprint("busy", i), time.Second, &order, &mu)
		time.Sleep(2 * time.Second)
	}
	synctest.Wait()
	order = nil
	for i := range 3 {
		seen(t, q, &busy, fmt.Sprint("busy", i), time.Second, &order, &mu)
		seen(t, q, &back, fmt.Sprint("back", i), time.Second, &order, &mu)
	}
	time.Sleep(time.Minute)
	synctest.Wait()
	if slices.Index(order, "busy1") > slices.Index(order, "back2") || len(order) != 6 {
		t.Errorf("turns %s, want them to alternate", order)
	}
}

// TestOneClientLeavesASlot: a client that occupies all slots permanently does not
// block another one.
func TestOneClientLeavesASlot(t *testing.T) {
	q := newTurns(2, 10, 10, time.Hour)
	var greedy, quiet, third line
	for range 2 {
		if err := q.enter(t.Context(), &greedy, 0, false); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 {
		if err := q.enter(t.Context(), &quiet, 0, false); err != nil {
			t.Fatal(err)
		}
		q.leave(&quiet, 0, time.Millisecond)
	}
	if w, err := q.queue(&greedy, 0, false); w == nil {
		t.Errorf("a third question of the greedy one: %v, want it to wait", err)
	}
	if w, _ := q.queue(&quiet, 0, false); w != nil {
		t.Error("the quiet one waits")
	}
	if w, _ := q.queue(&third, 0, false); w == nil {
		t.Error("there is more than one spare slot")
	}
}

func TestFullQueueIsShared(t *testing.T) {
	q := newTurns(1, 4, 3, time.Hour)
	var greedy, quiet line
	if err := q.enter(t.Context(), &greedy, 0, false); err != nil {
		t.Fatal(err)
	}
	if err := q.enter(t.Context(), &line{}, 0, false); err != nil { // the spare slot
		t.Fatal(err)
	}
	var last *waiter
	for i := range 3 {
		w, err := q.queue(&greedy, 0, false)
		if err != nil {
			t.Fatalf("question %d of the greedy one: %v", i, err)
		}
		last = w
	}
	if _, err := q.queue(&greedy, 0, false); !errors.Is(err, ErrBusy) {
		t.Errorf("beyond the bound of a client: %v, want ErrBusy", err)
	}
	for range 2 {
		if _, err := q.queue(&quiet, 0, false); err != nil {
			t.Errorf("the quiet one in a full queue: %v", err)
		}
	}
	select {
	case err := <-last.heard:
		if !errors.Is(err, ErrBusy) {
			t.Errorf("who gave way heard %v, want ErrBusy", err)
		}
	default:
		t.Error("nobody gave way")
	}
	if _, err := q.queue(&quiet, 0, false); !errors.Is(err, ErrBusy) {
		t.Errorf("with as many waiting as the other: %v, want ErrBusy", err)
	}
	if len(greedy.waiting) != 2 || len(quiet.waiting) != 2 || q.waiting != 4 {
		t.Errorf("%d, %d of %d wait, want 2, 2 of 4", len(greedy.waiting), len(quiet.waiting), q.waiting)
	}
}

func TestQueueIsLeft(t *testing.T) { synctest.Test(t, queueIsLeft) }

func queueIsLeft(t *testing.T) {
	q := newTurns(1, 5, 5, time.Second)
	var l line
	if err := q.enter(t.Context(), &l, 0, false); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := q.enter(t.Context(), &l, 0, false); !errors.Is(err, ErrBusy) || time.Since(start) != time.Second {
		t.Errorf("after %v: %v, want ErrBusy after the patience", time.Since(start), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, patient := range []bool{false, true} {
		if err := q.enter(ctx, &l, 0, patient); !errors.Is(err, context.Canceled) {
			t.Errorf("client gone: %v, want Canceled", err)
		}
	}
	q.leave(&l, 0, 0)
	if err := q.enter(t.Context(), &l, 0, false); err != nil || q.waiting != 0 || q.running != 1 {
		t.Errorf("free again: %v, %d waiting, %d running", err, q.waiting, q.running)
	}
}

func TestNobodyWaitsInVain(t *testing.T) {
	q := newTurns(2, 100, 100, time.Second)
	var l line
	for range 200 {
		q.learn(100 * time.Millisecond)
	}
	for range 2 {
		if err := q.enter(t.Context(), &l, 0, false); err != nil {
			t.Fatal(err)
		}
	}
	waiting := 0
	for {
		w, err := q.queue(&l, 0, false)
		if w == nil {
			if !errors.Is(err, ErrBusy) {
				t.Fatal(err)
			}
			break
		}
		waiting++
	}
	if waiting < 18 || waiting > 20 {
		t.Errorf("%d wait for two slots of 100 ms each, want about 20 within 1 s", waiting)
	}
	if w, err := q.queue(&line{running: 1}, 0, false); w == nil {
		t.Errorf("another client's first question: %v, want it to wait two turns", err)
	}
	for range 200 {
		q.learn(time.Hour)
	}
	if q.mean > q.patience {
		t.Errorf("mean %v, want at most %v", q.mean, q.patience)
	}
}

// TestCostlyQuestionsLeaveTheOthersTheirTurns: a client with far too many expensive
// queries does not delay a quiet one.
func TestCostlyQuestionsLeaveTheOthersTheirTurns(t *testing.T) {
	synctest.Test(t, costlyQuestions)
}

func costlyQuestions(t *testing.T) {
	s, engine := service(t, Config{
		MaxConcurrent: 2, QueueTimeout: time.Minute, QueryTimeout: time.Minute, ClientRate: -1,
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
	})
	var wg sync.WaitGroup
	codes := make(chan int, 100)
	for i := range 100 {
		wg.Go(func() {
			codes <- get(t, s, "/api/v1/search?group=copies&from=2020-01-01&size="+fmt.Sprint(1+i)+"&q="+url.QueryEscape(wordWait), "X-Forwarded-For", "203.0.113.1").Code
		})
	}
	synctest.Wait()
	for i := range 50 {
		if w := get(t, s, "/api/v1/search?q="+fmt.Sprint(i), "X-Forwarded-For", "203.0.113.2"); w.Code != 200 {
			t.Errorf("question %d of the neighbour got %d, want 200", i, w.Code)
		}
	}
	close(engine.hold)
	wg.Wait()
	close(codes)
	answered := map[int]int{}
	for code := range codes {
		answered[code]++
	}
	if want := 2 + 16*2; answered[200] != want || answered[503] != 100-want {
		t.Errorf("the other got %v, want %d answers and refusals for the rest", answered, want)
	}
}

func TestRateIsPaidInProcessorTime(t *testing.T) { synctest.Test(t, rateIsPaid) }

func rateIsPaid(t *testing.T) {
	c := newClients(Config{ClientRate: 10, ClientBurst: 20, MaxClients: 3}.withDefaults())
	who := c.of(netip.MustParseAddr("203.0.113.1"))
	request := func(estimated, took time.Duration) bool {
		a := &account{client: who, paid: 1}
		if !a.pay(1, 1) {
			return false
		}
		ok := a.afford(estimated)
		a.settle(took)
		return ok
	}
	count := func(estimated, took time.Duration) (n int) {
		for n < 1000 && request(estimated, took) {
			n++
		}
		return n
	}
	for _, test := range []struct {
		estimated, took time.Duration
		want            int
	}{
		{time.Millisecond, time.Millisecond, 20},
		{time.Millisecond, 4 * ordinary, 5},
		{4 * ordinary, 4 * ordinary, 5},
		{4 * ordinary, time.Millisecond, 17}, // the last four could not be paid in advance
	} {
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := count(test.estimated, test.took); got != test.want {
			t.Errorf("%d requests of %v, thought to take %v, want %d", got, test.took, test.estimated, test.want)
		}
	}
	time.Sleep(time.Minute)
	synctest.Wait()
	if !request(time.Hour, time.Hour) {
		t.Error("a question that costs more than can be saved up is never asked")
	}
	time.Sleep(2 * time.Second) // the debt is at most the burst
	if request(0, 0) {
		t.Error("no debt is left after a question of an hour")
	}
	time.Sleep(200 * time.Millisecond)
	if !request(0, 0) {
		t.Error("the debt is larger than the burst")
	}
}

func TestProcessorTime(t *testing.T) {
	took := processorTime()
	sum := 0
	for i := range 20_000_000 {
		sum += i ^ sum
	}
	if d := took(); d <= 0 || d > time.Minute {
		t.Errorf("some work (%d) took %v", sum, d)
	}
}

func TestClientsAreBounded(t *testing.T) {
	c := newClients(Config{ClientRate: 1, MaxClients: 3}.withDefaults())
	for i := range 100 {
		c.of(netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}))
	}
	if len(c.byAddr) != 3 || c.order.Len() != 3 {
		t.Errorf("%d clients remembered, want 3", len(c.byAddr))
	}
	if c := newClients(Config{}.withDefaults()); !c.of(netip.MustParseAddr("127.0.0.1")).pay(1e9, 1e9) || c.rate != defaultClientRate {
		t.Errorf("default rate %v", c.rate)
	}
	a, b := c.of(netip.MustParseAddr("2001:db8:1:1::1")), c.of(netip.MustParseAddr("2001:db8:1:1:ffff::9"))
	if a != b || a == c.of(netip.MustParseAddr("2001:db8:1:2::1")) {
		t.Error("an IPv6 /64 is not one client")
	}
}

func TestEstimates(t *testing.T) {
	estimate := func(raw string) time.Duration {
		v, err := url.ParseQuery(raw)
		if err != nil {
			t.Fatal(err)
		}
		q, wrong := search.FromValues(v)
		if len(wrong) > 0 {
			t.Fatal(wrong)
		}
		return timeOf(&q)
	}
	costs := []time.Duration{
		estimate("q=dang+bo&facets=none"), estimate("q=dang+bo"), estimate("q=dang+bo&size=100"), estimate("q=dang+bo&size=100&group=copies"),
		estimate("size=100&group=copies&q=" + url.QueryEscape(strings.Join(strings.Fields(strings.Repeat("th* ", 100)), " OR "))),
	}
	if !slices.IsSorted(costs) || slices.Compact(costs)[len(costs)-1] != costs[len(costs)-1] {
		t.Errorf("estimates %v, want each more than the one before", costs)
	}
	if costs[1] > ordinary || costs[4] < 10*ordinary {
		t.Errorf("an ordinary question is thought to take %v, one of 100 prefixes %v", costs[1], costs[4])
	}
}
