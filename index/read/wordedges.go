package read

import "slices"

// mostEdges is the most cells of a row in Word.
const mostEdges = 63

// edge records where the cells of the last row begin and end, in twips from the left.
// Word 97 and RTF store no columns: a cell covers two if an edge of another row lies
// inside it.
func (t *docxTable) edge(edges []int) {
	row := len(t.rows) - 1
	if len(edges) != len(t.rows[row])+1 || !slices.IsSorted(edges) {
		return
	}
	if t.edges == nil {
		t.edges = map[int][]int{}
	}
	t.edges[row] = edges
}

// coverByEdges records which columns each cell covers: those between its edges. If all
// rows have the same number of cells, cell n of each row is column n, and nothing is
// recorded.
func (t *docxTable) coverByEdges() {
	const near = 150 // twips between edges that are meant to be one
	var columns []int
	same := true
	for row, edges := range t.edges {
		same = same && len(edges) == len(t.edges[0])
		if row < mostEdges { // further rows are as these, or are not spread
			columns = append(columns, edges...)
		}
	}
	if same || len(columns) == 0 {
		return
	}
	slices.Sort(columns)
	last := 0
	for _, edge := range columns[1:] {
		if edge-columns[last] > near {
			last++
			columns[last] = edge
		}
	}
	columns = columns[:last+1]
	if len(columns) > mostEdges+1 {
		return
	}
	at := func(edge int) int {
		i, found := slices.BinarySearch(columns, edge)
		if !found {
			i--
		}
		return max(i, 0)
	}
	t.covers = map[docxCell]int{}
	for row, edges := range t.edges {
		if n := at(edges[0]); n > 0 {
			t.covers[docxCell{row, -1}] = n
		}
		for i := range len(edges) - 1 {
			t.covers[docxCell{row, i}] = at(edges[i+1]) - at(edges[i])
		}
	}
}
