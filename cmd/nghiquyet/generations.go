package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"nghiquyet/index"
	"nghiquyet/index/generation"
)

func newGenerations() *cobra.Command {
	var flags indexFlags
	// of makes a command that calls do with the engine's generations.
	of := func(do func(cmd *cobra.Command, set generation.Set, args []string) error) func(*cobra.Command, []string) error {
		return func(cmd *cobra.Command, args []string) error {
			set, err := flags.generations()
			if err != nil {
				return err
			}
			return do(cmd, set, args)
		}
	}
	var asJSON bool
	show := of(func(cmd *cobra.Command, set generation.Set, _ []string) error {
		return listGenerations(cmd, set, asJSON)
	})
	cmd := &cobra.Command{
		Use:   "generations",
		Short: "Các thế hệ chỉ mục: xem, quay lại, dọn, kiểm tra",
		Args:  usage(cobra.NoArgs),
		RunE:  show,
	}
	flags.add(cmd)

	list := &cobra.Command{
		Use: "list", Short: "Liệt kê các thế hệ, mới nhất trước", Args: usage(cobra.NoArgs),
		RunE: show,
	}
	list.Flags().BoolVar(&asJSON, "json", false, "in JSON")

	var pin bool
	rollback := &cobra.Command{
		Use: "rollback [ID]", Short: "Quay lại thế hệ nguyên vẹn ngay trước; dịch vụ tự chuyển theo", Args: usage(cobra.MaximumNArgs(1)),
		Long: `Quay lại thế hệ nguyên vẹn ngay trước, hoặc thế hệ ID; dịch vụ tự chuyển theo. Lần reindex
sau không đưa lại thế hệ vừa bỏ khi nguồn vẫn như cũ; nguồn thay đổi thì thế hệ mới thay nó.
--pin giữ nguyên cả khi nguồn thay đổi, đến khi 'generations unpin' hoặc 'reindex --full'.`,
		RunE: of(func(cmd *cobra.Command, set generation.Set, args []string) error {
			id, err := generation.Rollback(set, strings.Join(args, ""), pin, flags.openable)
			if err != nil {
				return err
			}
			cmd.Printf("Đã quay lại thế hệ %s.\n", id)
			if h, err := flags.store.Locked(); err == nil && h != nil {
				cmd.PrintErrf("Cảnh báo: một lần reindex đang chạy (tiến trình %d); khi xong nó sẽ thay thế hệ này.\n", h.PID)
			}
			return nil
		}),
	}
	rollback.Flags().BoolVar(&pin, "pin", false, "giữ thế hệ này cả khi nguồn thay đổi")

	unpin := &cobra.Command{
		Use: "unpin", Short: "Thôi giữ thế hệ đã quay lại: lần reindex sau lập thế hệ mới", Args: usage(cobra.NoArgs),
		RunE: of(func(_ *cobra.Command, set generation.Set, _ []string) error { return set.Release() }),
	}

	var keep int
	prune := &cobra.Command{
		Use: "prune", Short: "Xóa các thế hệ cũ không ai đang đọc", Args: usage(cobra.NoArgs),
		RunE: of(func(cmd *cobra.Command, set generation.Set, _ []string) error {
			lock, err := flags.store.Lock()
			if err != nil {
				return err
			}
			defer lock.Unlock()
			removed, err := set.Prune(lock, keep)
			for _, id := range removed {
				cmd.Printf("Đã xóa thế hệ %s.\n", id)
			}
			if err == nil && len(removed) == 0 {
				cmd.Println("Không có thế hệ nào cần xóa.")
			}
			return err
		}),
	}
	prune.Flags().IntVar(&keep, "keep", 3, "số thế hệ giữ lại")

	verify := &cobra.Command{
		Use: "verify [ID...]", Short: "Đọc lại từng byte của các thế hệ và đối chiếu với mã kiểm tra (checksum)", Args: usage(cobra.ArbitraryArgs),
		RunE: of(verifyGenerations),
	}
	cmd.AddCommand(list, rollback, unpin, prune, verify)
	return cmd
}

func listGenerations(cmd *cobra.Command, set generation.Set, asJSON bool) error {
	list, err := set.List()
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(cmd.OutOrStdout(), describeGenerations(list))
	}
	if len(list) == 0 {
		cmd.Println("Chưa có thế hệ nào.")
		return nil
	}
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tTHẾ HỆ\tLẬP LÚC\tBÀI\tBÀI HỌC\tTHÊM\tĐỔI\tRA\tGIỮ\tMB\t")
	for _, e := range list {
		mark := " "
		if e.Current {
			mark = "*"
		}
		switch {
		case errors.Is(e.Err, generation.ErrOutdated):
			fmt.Fprintf(w, "%s\t%s\tBẢN CŨ: %v\n", mark, e.ID, e.Err)
			continue
		case e.Err != nil:
			fmt.Fprintf(w, "%s\t%s\tHỎNG: %v\n", mark, e.ID, e.Err)
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%.1f\t%s\n", mark, e.ID,
			clock(e.Created), e.Articles, e.Lessons, e.Added, e.Changed, e.Removed, e.Kept, float64(e.Bytes())/1e6, age(e.Schema))
	}
	return errors.Join(w.Flush(), printHold(cmd, set))
}

// age describes a generation that another version of the program made.
func age(schema int) string {
	if schema == index.SchemaVersion {
		return ""
	}
	return fmt.Sprintf("bản khác (schema %d), không phục vụ được: chạy lại reindex", schema)
}

// printHold prints that the current generation stays current after a rollback, and until
// when.
func printHold(cmd *cobra.Command, set generation.Set) error {
	h, err := set.Hold()
	if h == nil {
		return err
	}
	until := "đến khi nguồn thay đổi"
	if h.Pinned {
		until = "đến khi 'generations unpin' hoặc 'reindex --full'"
	}
	cmd.Printf("Đã quay lại %s: giữ %s.\n", h.Generation, until)
	return nil
}

// verifyGenerations checks the named generations, or all of them.
func verifyGenerations(cmd *cobra.Command, set generation.Set, ids []string) error {
	if len(ids) == 0 {
		list, err := set.List()
		if err != nil {
			return err
		}
		for _, e := range list {
			ids = append(ids, e.ID)
		}
	}
	damaged := 0
	for _, id := range ids {
		bad, err := set.Verify(cmd.Context(), id)
		if err != nil {
			return err
		}
		if len(bad) == 0 {
			cmd.Printf("%s: nguyên vẹn\n", id)
			continue
		}
		damaged++
		for _, d := range bad {
			cmd.Printf("%s: HỎNG: %s: %v\n", id, printable(d.File), d.Err)
		}
	}
	if damaged > 0 {
		return fmt.Errorf("%d thế hệ bị hỏng; dùng 'nghiquyet generations rollback' hoặc chạy lại reindex", damaged)
	}
	return nil
}
