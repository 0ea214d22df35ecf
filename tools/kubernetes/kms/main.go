// A key management service for tests: KMS v2 (k8s.io/kms) on a Unix socket, with AES-GCM and a key in a file.
//
//	kms <socket> <key file>
//
// The key is made where the file is missing, so that what was written before a restart can be read after it.
package main

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"k8s.io/kms/pkg/service"
)

type keeper struct {
	aead  cipher.AEAD
	keyID string
}

func main() {
	if len(os.Args) != 3 {
		fail(errors.New("usage: kms <socket> <key file>"))
	}
	socket, keyFile := os.Args[1], os.Args[2]
	keeper, err := newKeeper(keyFile)
	if err != nil {
		fail(err)
	}
	// A socket that a killed run has left would keep this one from listening.
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		fail(err)
	}
	server := service.NewGRPCService(socket, 5*time.Second, keeper)
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	go func() {
		<-stop.Done()
		server.Shutdown()
	}()
	if err := server.ListenAndServe(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "kms:", err)
	os.Exit(1)
}

func newKeeper(file string) (*keeper, error) {
	key, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		key = make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return nil, err
		}
		err = os.WriteFile(file, key, 0o600)
	}
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(key)
	return &keeper{aead: aead, keyID: hex.EncodeToString(sum[:8])}, nil
}

func (k *keeper) Status(context.Context) (*service.StatusResponse, error) {
	return &service.StatusResponse{Version: "v2", Healthz: "ok", KeyID: k.keyID}, nil
}

func (k *keeper) Encrypt(_ context.Context, _ string, data []byte) (*service.EncryptResponse, error) {
	nonce := make([]byte, k.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return &service.EncryptResponse{Ciphertext: k.aead.Seal(nonce, nonce, data, nil), KeyID: k.keyID}, nil
}

func (k *keeper) Decrypt(_ context.Context, _ string, request *service.DecryptRequest) ([]byte, error) {
	if request.KeyID != k.keyID {
		return nil, fmt.Errorf("there is no key %s", request.KeyID)
	}
	size := k.aead.NonceSize()
	if len(request.Ciphertext) < size {
		return nil, errors.New("the ciphertext is too short")
	}
	return k.aead.Open(nil, request.Ciphertext[:size], request.Ciphertext[size:], nil)
}
