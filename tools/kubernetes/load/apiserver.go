package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apiserver/pkg/apis/apiserver"
	apiserverinstall "k8s.io/apiserver/pkg/apis/apiserver/install"
	"k8s.io/apiserver/pkg/apis/apiserver/load"
	"k8s.io/apiserver/pkg/apis/apiserver/validation"
	auditinstall "k8s.io/apiserver/pkg/apis/audit/install"
	"k8s.io/apiserver/pkg/audit/policy"
	authenticationcel "k8s.io/apiserver/pkg/authentication/cel"
	authorizationcel "k8s.io/apiserver/pkg/authorization/cel"
	"k8s.io/apiserver/pkg/server/options/encryptionconfig"
	"k8s.io/kubernetes/pkg/kubeapiserver/authorizer/modes"
)

const apiServerGroup = "apiserver.config.k8s.io"

var (
	apiServerCodecs = strictCodecs(apiserverinstall.Install)
	auditCodecs     = strictCodecs(auditinstall.Install)
)

// readAuditPolicy is strict where the API server only warns.
func readAuditPolicy(data []byte) error {
	if err := strictly(auditCodecs)(data); err != nil {
		return err
	}
	_, err := policy.LoadPolicyFromBytes(data)
	return err
}

// readEncryption gives a key to a provider that has none: files are written without, and a host makes its own.
func readEncryption(data []byte) error {
	folder, err := os.MkdirTemp("", "load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "encryption.yaml")
	if err := os.WriteFile(file, bytes.ReplaceAll(data, []byte("keys: []"), emptyKey()), 0o600); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background()) // stops what looks for a key service
	defer stop()
	_, err = encryptionconfig.LoadEncryptionConfig(ctx, file, true, "load")
	return withoutKeys(err, data)
}

var secretField = regexp.MustCompile(`secret: *["']?([A-Za-z0-9+/=]+)`)

// withoutKeys takes keys out of an error: some of the API server's print the whole provider.
func withoutKeys(err error, data []byte) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, found := range secretField.FindAllSubmatch(data, -1) {
		text = strings.ReplaceAll(text, string(found[1]), "<key>")
	}
	return errors.New(text)
}

// emptyKey is 32 bytes of nothing.
func emptyKey() []byte {
	return fmt.Appendf(nil, "keys: [{name: empty, secret: %s}]", base64.StdEncoding.EncodeToString(make([]byte, 32)))
}

// readAuthentication compiles the CEL too.
func readAuthentication(data []byte) error {
	decoded, err := runtime.Decode(apiServerCodecs.UniversalDecoder(), data)
	if err != nil {
		return err
	}
	configuration, is := decoded.(*apiserver.AuthenticationConfiguration)
	if !is {
		return fmt.Errorf("it is a %T", decoded)
	}
	return validation.ValidateAuthenticationConfiguration(authenticationcel.NewDefaultCompiler(), configuration, nil).ToAggregate()
}

// readAuthorization compiles the CEL too, and looks for the kubeconfig of a webhook.
func readAuthorization(data []byte) error {
	configuration, err := load.LoadFromData(data)
	if err != nil {
		return err
	}
	for _, authorizer := range configuration.Authorizers {
		if authorizer.Webhook != nil && authorizer.Webhook.ConnectionInfo.Type == apiserver.AuthorizationWebhookConnectionInfoTypeInCluster {
			return fmt.Errorf("%s: the API server takes InClusterConfig, and panics when it starts with it", authorizer.Name)
		}
	}
	repeatable := sets.New(modes.ModeWebhook)
	known := sets.New(modes.AuthorizationModeChoices...)
	return validation.ValidateAuthorizationConfiguration(authorizationcel.NewDefaultCompiler(), nil, configuration, known, repeatable).ToAggregate()
}
