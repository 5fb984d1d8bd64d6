# Each target names the plain commands that it runs; nothing here is needed to
# build, run or test.
.PHONY: check test race lint bench eval fuzz build rules

check: build lint test rules

build:
	go build ./...

test:
	go test ./...

race:
	go test -race -short -shuffle=on -timeout 20m ./...

lint:
	go vet ./...
	go tool -modfile=tools.mod gofumpt -l . | (! grep .)
	go tool -modfile=tools.mod staticcheck ./...

rules:
	go run ./cmd/casus rules test

bench:
	go test -run '^$$' -bench . -benchmem ./...

eval:
	go test ./internal/eval/... -run TestGates -v

fuzz:
	sh scripts/fuzz.sh 20s
