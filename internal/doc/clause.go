package doc

// ClauseID indexes Doc.Clauses. NoClause means none.
type ClauseID int32

// NoClause is the absent clause.
const NoClause ClauseID = -1

// Kinds of predicate.
const (
	VerbClause       = "verb"
	NounClause       = "noun"       // a nominalisation: "the arrest of the mayor"
	SupportClause    = "support"    // a nominalisation with a light verb: "held talks"
	AdjectiveClause  = "adjective"  // "is willing to", "critical of"
	ParticipleClause = "participle" // before its noun: "the detained mayor"
)

// A Clause is one assertion of the ledger: a predicate, its arguments after
// passive, control, relative clauses and coordination are undone, and the
// status that the words around it give it. Written by extract/clause.
type Clause struct {
	Pred TokenID // head of the predicate: the verb, or the noun or adjective
	// Support is the light verb of a nominal predicate ("held talks"), else NoToken.
	Support TokenID
	// First and End are the tokens that the predicate and all its dependents span.
	First, End TokenID
	Lemma      string // of Pred, with its particle: "carry out"
	Kind       string
	Args       []Arg
	Tense      string // past | present | future | ""
	Aspect     string // perfect | progressive | ""
	Modal      string // lemma of the modal, or ""
	Negated    bool
	Question   bool
	// Condition is set inside "if", "unless", "should …".
	Condition bool
	Passive   bool
	// Infinitive is set for "to" and a verb, and for a bare verb with neither subject nor tense.
	Infinitive bool
	// Parent is the clause this one depends on, in whatever relation; Link is
	// that relation: ccomp, xcomp, advcl, acl, conj, parataxis, or the role of
	// a nominal: "patient", "for".
	Parent ClauseID
	Link   string
	// Embedder is the clause that embeds this one as its complement: "said",
	// "threatened to", "denied"; How says by what kind of embedder.
	Embedder ClauseID
	How      string // say | believe | threaten | offer | promise | demand | agree | reject | deny | fear | plan | try | fail | begin | cause | …
	InQuote  bool
	Headline bool
	// Presupposed is set for what the sentence takes for known: "the attack",
	// "the detained mayor", "condemned the raid".
	Presupposed bool
	Status      string // record.Actual …
	Reasons     []Reason
}

// Arg returns the first argument with the role, or nil.
func (c *Clause) Arg(role string) *Arg {
	for i := range c.Args {
		if c.Args[i].Role == role {
			return &c.Args[i]
		}
	}
	return nil
}

// Roles of an argument; obliques carry their preposition as role.
const (
	Agent     = "agent"
	Patient   = "patient"
	Recipient = "recipient"
	Modifier  = "mod" // a common noun before a nominal predicate: "police raid"
)

// An Arg is an argument of a clause.
type Arg struct {
	Role string // agent | patient | recipient | mod, or the oblique's "in", "with", "against" …
	Head TokenID
	// First and End are the tokens of its noun phrase, without relative clauses.
	First, End TokenID
	Rule       string // how it was reached: direct | passive | control | relative | conjunct | possessive …
}

// A Reason is a step that decided a status.
type Reason struct {
	Rule       string // id in the data files
	First, End TokenID
}
