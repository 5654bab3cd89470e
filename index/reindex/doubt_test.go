package reindex

import "testing"

func TestDoubtfulDatesAreReported(t *testing.T) {
	r := &Report{}
	r.count(&file{doubts: []Note{{File: "a.jsonl", Line: 3, Code: codeDoubt, Reason: "ngày 2027 ở tương lai"}}})
	if r.Doubtful != 1 || len(r.Doubts) != 1 || r.Doubts[0].Reason != "ngày đáng ngờ: ngày 2027 ở tương lai" || r.Doubts[0].InEN != "a doubtful date" {
		t.Errorf("%d %+v", r.Doubtful, r.Doubts)
	}
	if r = new(r.WithoutLists()); r.Doubts != nil || r.Doubtful != 1 {
		t.Errorf("without lists: %d %+v", r.Doubtful, r.Doubts)
	}
}
