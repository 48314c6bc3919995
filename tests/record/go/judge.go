// Judges what the tests send it, a question a line, with the code of the Go checksum database.
//
//	note BASE64                       "ok BASE64-OF-TEXT NAME…" or "no REASON"
//	vkey BASE64                       "ok NAME" or "no REASON"
//	record SIZE INDEX ROOT LEAF HASH… "ok" or "no REASON": an inclusion proof
//	tree SIZE OLD ROOT OLDROOT HASH…  "ok" or "no REASON": a consistency proof
//
// Its arguments are the vkeys whose signatures on notes it verifies. Hashes are in hex.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	var known []note.Verifier
	for _, vkey := range os.Args[1:] {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			panic(err)
		}
		known = append(known, verifier)
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<24)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		words := strings.Split(in.Text(), " ")
		answer, err := judge(words[0], words[1:], note.VerifierList(known...))
		if err != nil {
			answer = "no " + strings.ReplaceAll(err.Error(), "\n", " ")
		}
		fmt.Fprintln(out, answer)
	}
}

func judge(kind string, words []string, known note.Verifiers) (string, error) {
	switch kind {
	case "note":
		data, err := base64.StdEncoding.DecodeString(words[0])
		if err != nil {
			panic(err)
		}
		opened, err := note.Open(data, known)
		if err != nil {
			return "", err
		}
		answer := "ok " + base64.StdEncoding.EncodeToString([]byte(opened.Text))
		for _, signature := range opened.Sigs {
			answer += " " + signature.Name
		}
		return answer, nil
	case "vkey":
		data, err := base64.StdEncoding.DecodeString(words[0])
		if err != nil {
			panic(err)
		}
		verifier, err := note.NewVerifier(string(data))
		if err != nil {
			return "", err
		}
		return "ok " + verifier.Name(), nil
	case "record":
		size, index, hashes := numbers(words)
		return "ok", tlog.CheckRecord(hashes[2:], size, hashes[0], index, hashes[1])
	case "tree":
		size, old, hashes := numbers(words)
		return "ok", tlog.CheckTree(hashes[2:], size, hashes[0], old, hashes[1])
	}
	panic(kind)
}

func numbers(words []string) (int64, int64, []tlog.Hash) {
	first, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil {
		panic(err)
	}
	second, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil {
		panic(err)
	}
	var hashes []tlog.Hash
	for _, word := range words[2:] {
		data, err := hex.DecodeString(word)
		if err != nil || len(data) != tlog.HashSize {
			panic(word)
		}
		var hash tlog.Hash
		copy(hash[:], data)
		hashes = append(hashes, hash)
	}
	return first, second, hashes
}
