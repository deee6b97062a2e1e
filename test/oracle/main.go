// The oracle answers conditions as OpenFGA's own evaluator does: one JSON line in, one out.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"github.com/openfga/openfga/pkg/typesystem"
	"google.golang.org/protobuf/types/known/structpb"
)

type question struct {
	Params     map[string]string `json:"params"`
	Expression string            `json:"expression"`
	Context    json.RawMessage   `json:"context"`
}

// Maps have no order in Go: a condition that depends on it has no one answer. It is asked this often, and once more than
// one answer was seen as often as finds all of them.
const times, timesUnstable = 8, 200

// The limit of the table that the conformance suite has; the server's default is 100.
const maxCost = 10_000

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		answer, reason := answerOf(asked)
		line, _ := json.Marshal(map[string]string{"answer": answer, "reason": reason})
		out.Write(append(line, '\n'))
		out.Flush()
	}
}

func answerOf(asked question) (string, string) {
	condition := &openfgav1.Condition{Name: "c", Expression: asked.Expression, Parameters: map[string]*openfgav1.ConditionParamTypeRef{}}
	for name, text := range asked.Params {
		condition.Parameters[name] = typeOf(text)
	}
	types, err := typesystem.New(&openfgav1.AuthorizationModel{
		SchemaVersion:   "1.1",
		TypeDefinitions: []*openfgav1.TypeDefinition{{Type: "user"}},
		Conditions:      map[string]*openfgav1.Condition{"c": condition},
	})
	if err != nil {
		return "refused", err.Error()
	}
	known, _ := types.GetCondition("c")
	compiled := sameKind(known)
	compiled.Condition = condition
	compiled.WithMaxEvaluationCost(maxCost)
	if err := compiled.Compile(); err != nil {
		return "refused", err.Error()
	}
	values := &structpb.Struct{}
	if err := values.UnmarshalJSON(asked.Context); err != nil {
		return "unreadable", err.Error()
	}
	evaluate := func() (string, string) {
		result, err := compiled.Evaluate(context.Background(), values.GetFields())
		switch {
		case err != nil:
			return "error", err.Error()
		case len(result.MissingParameters) > 0:
			return "error", ""
		default:
			return fmt.Sprint(result.ConditionMet), ""
		}
	}
	answer, reason := evaluate()
	seen := map[string]bool{answer: true}
	for index := 1; index < times || (len(seen) > 1 && index < timesUnstable); index++ {
		other, _ := evaluate()
		seen[other] = true
	}
	if len(seen) > 1 {
		return "unstable", strings.Join(slices.Sorted(maps.Keys(seen)), " ")
	}
	return answer, reason
}

// sameKind makes another value of a type whose package cannot be imported. The condition that the type system made is not
// used, because it folds constants when it is compiled: its errors would come when a model is written.
func sameKind[Kind any](*Kind) *Kind {
	return new(Kind)
}

func typeOf(text string) *openfgav1.ConditionParamTypeRef {
	for name, kind := range map[string]openfgav1.ConditionParamTypeRef_TypeName{
		"list": openfgav1.ConditionParamTypeRef_TYPE_NAME_LIST,
		"map":  openfgav1.ConditionParamTypeRef_TYPE_NAME_MAP,
	} {
		if strings.HasPrefix(text, name+"<") {
			element := typeOf(text[len(name)+1 : len(text)-1])
			return &openfgav1.ConditionParamTypeRef{TypeName: kind, GenericTypes: []*openfgav1.ConditionParamTypeRef{element}}
		}
	}
	kind := openfgav1.ConditionParamTypeRef_TypeName_value["TYPE_NAME_"+strings.ToUpper(text)]
	return &openfgav1.ConditionParamTypeRef{TypeName: openfgav1.ConditionParamTypeRef_TypeName(kind)}
}
