package vi_test

import (
	"fmt"

	"nghiquyet/analyzers/vi"
)

func ExampleStages() {
	for _, stage := range vi.Stages("Đảng uỷ ra Nghị quyết số 02-NQ/TU. Khoá XII.") {
		fmt.Print(stage.Name, ":")
		for _, t := range stage.Tokens {
			if t.Kind == vi.Whole {
				fmt.Printf(" [%s]", t.Term)
			} else {
				fmt.Printf(" (%s)", t.Term)
			}
		}
		fmt.Println()
	}
	// Output:
	// tokens: (Đảng) (uỷ) (ra) (Nghị) (quyết) (số) [02-NQ/TU] (02) (NQ) (TU) (Khoá) (XII)
	// exact: (đảng) (ủy) (ra) (nghị) (quyết) (số) [2-nq/tu] (2) (nq) (tu) (khóa) (12)
	// folded: (dang) (uy) (ra) (nghi) (quyet) (so) [2-nq/tu] (2) (nq) (tu) (khoa) (12)
	// bigrams: (dang uy) (uy ra) (ra nghi) (nghi quyet) (quyet so) (so 2) (2 nq) (nq tu) (khoa 12)
	// expansions: (đ.u) (nq) (nghị quyết)
}

func ExampleDecode() {
	words, changed := vi.Decode([]string{"nghij", "quyeets", "cua", "ddangr"}, nil)
	fmt.Println(words, changed)
	words, changed = vi.Decode([]string{"nghi5", "quye6t1"}, nil)
	fmt.Println(words, changed)
	// Output:
	// [nghị quyết cua đảng] true
	// [nghị quyết] true
}
