// Sends one query by the client that oapi-codegen made of the OpenAPI document.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"clients/client"
)

func main() {
	c, err := client.NewClientWithResponses(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	q, size := "nghi quyet", int64(1)
	found, err := c.SearchWithResponse(context.Background(), &client.SearchParams{Q: &q, Size: &size})
	if err != nil {
		log.Fatal(err)
	}
	if found.JSON200 == nil || len(found.JSON200.Hits) != 1 {
		log.Fatalf("search: %s", found.Body)
	}
	group := client.StatsParamsGroupCopies
	cube, err := c.StatsWithResponse(context.Background(), &client.StatsParams{By: []client.StatsParamsBy{client.StatsParamsByQuarter, client.StatsParamsByKind}, Group: &group})
	if err != nil {
		log.Fatal(err)
	}
	if cube.JSON200 == nil || cube.JSON200.Groups == nil || cube.JSON200.Cells[0].Quarter == nil {
		log.Fatalf("stats: %s", cube.Body)
	}
	fmt.Printf("Go: %d documents, %s\n", found.JSON200.Total, found.JSON200.Hits[0].Title)
}
