package doc

// ClauseID indexes Doc.Clauses. NoClause means none.
type ClauseID int32

// NoClause is the absent clause.
const NoClause ClauseID = -1

// A Clause is one assertion of the ledger: a predicate, its arguments after
// passive, control, relative clauses and coordination are undone, and the
// status that the words around it give it. Written by extract/clause.
type Clause struct {
	Pred TokenID // head of the predicate: the verb, or the noun or adjective
	// Support is the light verb of a nominal predicate ("held talks"), else NoToken.
	Support  TokenID
	Lemma    string // of Pred, with its particle: "carry out"
	Kind     string // verb | noun | support | adjective
	Args     []Arg
	Tense    string // past | present | future | ""
	Aspect   string // perfect | progressive | ""
	Modal    string // lemma of the modal, or ""
	Negated  bool
	Question bool
	// Condition is set inside "if", "unless", "should …".
	Condition bool
	Passive   bool
	// Embedder is the clause that embeds this one as its complement: "said",
	// "threatened to", "denied"; How says by what kind of embedder.
	Embedder ClauseID
	How      string // say | believe | threaten | offer | promise | demand | agree | reject | deny | fear | plan | try | fail | begin | cause | …
	InQuote  bool
	Headline bool
	Status   string // record.Actual …
	Reasons  []Reason
}

// An Arg is an argument of a clause.
type Arg struct {
	Role string // agent | patient | recipient, or the oblique's "in", "with", "against" …
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
