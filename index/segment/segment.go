// Package segment reads and writes segments: the files in which a Bleve index
// stores documents, terms and postings. A segment never changes once it is
// written. Documents are numbered from 0 in each segment.
//
// The layout is that of Bleve's zapx, version 17 (github.com/blevesearch/zapx/v17,
// zap.md), so that Bleve opens what [Writer] writes, and [Parse] reads what Bleve
// writes. A uvarint is an unsigned varint; fixed numbers are big endian; an
// address is a byte offset from the start of the file. The parts, in the order
// in which the writer writes them:
//
//	frequencies   one zero byte, then a block that every term shares: uvarint
//	              number of chunks, uvarint end of each chunk relative to the
//	              first, then for each document uvarint 2 (frequency 1, no
//	              locations) and uvarint 1 (length of the field). A chunk contains
//	              1,024 documents
//	documents     for each: uvarint size of meta, uvarint size of data, meta, data
//	              meta: uvarint size of the ID, then for each stored value
//	                    uvarint field, 't', uvarint offset, uvarint size, uvarint 0
//	              data: the ID, then all values one after another in one Snappy
//	                    block
//	numbers       address of each document (8 bytes each), then uvarint 0
//	fields        for each field, in the order of their numbers:
//	  postings    for each term that several documents contain: uvarint address
//	              of the frequencies, uvarint address of the locations (0 for
//	              none), uvarint size of the bitmap, the bitmap in the portable
//	              Roaring format
//	  dictionary  uvarint size, then a vellum FST: term → value. The value is the
//	              address of the postings or, for a term that one document
//	              contains, bit 63, the length of the field from bit 31 on, and
//	              the document in the lowest 31 bits
//	  section     uvarint start and end of the doc values (all bits set for none),
//	              uvarint address of the dictionary
//	names         for each field: uvarint size of the name, the name, uvarint
//	              options, uvarint number of sections, then for each section its
//	              kind (2 bytes, 0 for postings) and its address (8 bytes)
//	sections      uvarint number of fields, address of each one's name (8 bytes)
//	footer        size of the file writer's name (4 bytes, 0), number of documents
//	              (8), address of the numbers (8), address of the sections (8),
//	              chunk mode (4), version (4), CRC-32 of all before (4)
//
// Of what the layout can contain, the writer writes neither locations nor doc
// values, and it gives every term the frequency 1: our terms contain their
// frequency class, and blevesearch ranks by that. Bleve's own queries read the
// shared frequencies and find the same documents, ranked by rarity alone.
package segment

// Numbers of the layout.
const (
	version      = 17
	chunkDocs    = 1024 // documents whose frequencies are one chunk; also the chunk mode
	sectionTerms = 0    // the kind of section that contains postings
	footerSize   = 4 + 8 + 8 + 8 + 4 + 4 + 4
	// freqsAt is the address of the frequencies. It must not be 0, which means that
	// there are none. Every postings list contains it; 1 takes one byte.
	freqsAt = 1
	// oneHit marks a value of a dictionary that is a document, not an address.
	oneHit  = 1 << 63
	length1 = 1 // the length of every field as Bleve sees it
	docMask = 1<<31 - 1
)
