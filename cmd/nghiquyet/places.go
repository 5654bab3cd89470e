package main

import (
	"cmp"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"nghiquyet/index/places"
)

func newPlaces() *cobra.Command {
	var check string
	cmd := &cobra.Command{
		Use:   "places",
		Short: "Cho biết địa danh trong chương trình là của ngày nào; so với một danh sách chính thức",
		Long: `Không có --check: in ngày và số đơn vị của các bảng địa danh trong chương trình.
--check FILE.csv: so với một danh sách chính thức (UTF-8, dòng đầu có code, kind, name
và, với xã, province) rồi in những chỗ khác: loại, tên, mã, tỉnh. Khác thì thoát mã 1.`,
		Example: `  nghiquyet places --check danh-muc-2027.csv`,
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if check == "" {
				cmd.Println(knownCountry())
				return nil
			}
			f, err := os.Open(check)
			if err != nil {
				return fmt.Errorf("open list: %w", err)
			}
			defer f.Close()
			found, err := places.Check(f)
			if err != nil {
				return err
			}
			for _, d := range found {
				cmd.Printf("%s\t%s\t%s\t%s\t%s\n", d.Level, printable(d.Code), differences[d.What], cmp.Or(d.Ours, "-"), printable(cmp.Or(d.List, "-")))
			}
			if len(found) > 0 {
				return fmt.Errorf("các bảng địa danh ngày %s khác danh sách ở %d chỗ (cột: cấp, mã, điểm khác, chương trình, danh sách)", places.AsOf, len(found))
			}
			cmd.Printf("Không khác. %s\n", knownCountry())
			return nil
		},
	}
	cmd.Flags().StringVar(&check, "check", "", "tệp CSV của danh sách chính thức")
	return cmd
}

// differences are the kinds of difference in words.
var differences = map[string]string{"unit": "chỉ một bên có", "kind": "loại", "name": "tên", "province": "tỉnh"}

// knownCountry describes the date and the size of the program's tables of places.
func knownCountry() string {
	cities := 0
	for _, p := range places.Current() {
		if p.Kind == "thành phố" {
			cities++
		}
	}
	kinds := map[string]int{}
	for _, c := range places.Communes() {
		kinds[c.Kind]++
	}
	return fmt.Sprintf("Địa danh đến ngày %s: %d tỉnh, %d thành phố trực thuộc trung ương; %d xã, %d phường, %d đặc khu",
		places.AsOf, len(places.Current())-cities, cities, kinds["xã"], kinds["phường"], kinds["đặc khu"])
}
