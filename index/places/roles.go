package places

// Kinds of mention.
const (
	KindProvince = "province"
	KindDistrict = "district"
	KindNational = "national" // a body of the whole country
)

// Roles are the ways in which a text names a place. The words that show a role are
// in data/contexts.txt.
const (
	RoleStrong       = "strong"       // the territory or its authority: tỉnh X, Tỉnh ủy X, UBND huyện Y
	RoleLocal        = "local"        // its people and bodies: Đảng bộ X, nhân dân X
	RoleBare         = "bare"         // the name alone
	RolePair         = "pair"         // one of two or three: hai tỉnh X và Y
	RoleList         = "list"         // one of several: các tỉnh X, Y, Z
	RolePress        = "press"        // a newspaper or station: Báo X
	RoleFacility     = "facility"     // a zone or work: Khu kinh tế X, sông X
	RolePassing      = "passing"      // on the way: từ X, tại X
	RoleNickname     = "nickname"     // a byname: xứ Thanh
	RoleSigned       = "signed"       // the place of signing: X, ngày 16 tháng 6
	RoleOrganisation = "organisation" // a firm, school or hospital with that name
	RolePrinted      = "printed"      // where a book was printed: Hà Nội, 2002
	RoleStreet       = "street"       // a street, road or square
	RoleBattle       = "battle"       // a battle, rising or prison
	RoleOrigin       = "origin"       // where a person comes from
	RoleCommune      = "commune"      // a commune, ward or village of the same name
	RolePerson       = "person"       // a person of the same name
	RoleWord         = "word"         // a word of the same letters: Hòa Bình, peace
	RoleName         = "name"         // a piece of a longer name
)

// weights is the weight of a mention in each role as evidence for its place, 3 for
// a full and formal one; the roles at the end have none.
var weights = map[string]float64{
	RoleStrong:       3,
	RoleLocal:        2,
	RolePair:         2,
	RoleBare:         1,
	RoleList:         0.5,
	RolePress:        0.5,
	RoleFacility:     0.5,
	RolePassing:      0.5,
	RoleNickname:     0.5,
	RoleOrganisation: 0.25,

	RoleSigned: 0, RolePrinted: 0, RoleStreet: 0, RoleBattle: 0, RoleOrigin: 0,
	RoleCommune: 0, RolePerson: 0, RoleWord: 0, RoleName: 0,
}

// Weight returns how much the mention speaks for its place, from 0 (a
// look-alike) to 3 (the authority of the place itself). A name written without
// its marks, in a text without marks, counts half.
func (m Mention) Weight() float64 {
	w := weights[m.Role]
	if m.Unmarked {
		w /= 2
	}
	return w
}
