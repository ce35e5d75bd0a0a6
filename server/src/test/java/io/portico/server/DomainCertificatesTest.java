package io.portico.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.gateway.x509.CertificateAuthority;
import io.portico.gateway.x509.CertificateContent;
import io.portico.gateway.x509.CertificateContent.Purpose;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.gateway.x509.Pem;
import io.portico.server.config.ConfigLoader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** HTTPS shows the certificate of a custom domain name to whoever asks for it. */
final class DomainCertificatesTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String NAME = "pets.example.com";

  private Gateway gateway;
  private X509Certificate allOthers;

  @BeforeEach
  void start() throws Exception {
    gateway =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(null, Map.of(), Map.of("port", "0", "tls-port", "0", "ephemeral", "true"))
                .config());
    allOthers = shown("nobody.example.com");
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aCertificateOfAcmIsShownAndReplaced() throws Exception {
    String requested =
        acm("RequestCertificate", Json.object().put("DomainName", NAME))
            .get("CertificateArn")
            .asString();
    CertifiedKey brought = own(NAME);
    CertifiedKey renewed = own(NAME);
    String imported = imported(brought, null);

    gateway.call("CreateDomainName", regional(requested));
    X509Certificate issued = shown(NAME);
    replace("/regionalCertificateArn", imported);
    X509Certificate other = shown(NAME);
    imported(renewed, imported);

    assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=" + NAME);
    assertThat(other).isEqualTo(brought.certificate());
    assertThat(shown(NAME)).isEqualTo(renewed.certificate());
    assertThat(shown("a." + NAME)).isEqualTo(allOthers);
    gateway.call("DeleteDomainName", Json.object().put("domainName", NAME));
    assertThat(shown(NAME)).isEqualTo(allOthers);
  }

  @Test
  void anUploadedOneIsShownUntilAnArnTakesItsPlace() throws Exception {
    CertifiedKey uploaded = own("*.example.com");
    String requested =
        acm("RequestCertificate", Json.object().put("DomainName", "*.example.com"))
            .get("CertificateArn")
            .asString();

    gateway.call(
        "CreateDomainName",
        Json.object()
            .put("domainName", "*.example.com")
            .put("certificateName", "mine")
            .put("certificateBody", Pem.of(uploaded.certificate()))
            .put("certificatePrivateKey", Pem.of(uploaded.privateKey())));

    assertThat(shown(NAME)).isEqualTo(uploaded.certificate());
    assertThat(shown("a." + NAME)).isEqualTo(allOthers);
    ObjectNode changes = Json.object().put("domainName", "*.example.com");
    change(changes, "/certificateArn", requested);
    gateway.call("UpdateDomainName", changes);
    assertThat(shown(NAME).getSubjectX500Principal().getName()).isEqualTo("CN=*.example.com");
    assertThat(shown(NAME)).isNotEqualTo(uploaded.certificate());
  }

  @Test
  void hostsOfApisAndFunctionUrlsAreNoCustomDomainNames() throws Exception {
    for (String wildcard : List.of("*.execute-api.localhost", "*.lambda-url.localhost")) {
      CertifiedKey uploaded = own(wildcard);
      gateway.call(
          "CreateDomainName",
          Json.object()
              .put("domainName", wildcard)
              .put("certificateName", "mine")
              .put("certificateBody", Pem.of(uploaded.certificate()))
              .put("certificatePrivateKey", Pem.of(uploaded.privateKey())));

      assertThat(shown(wildcard.replace("*", "abcdefghij"))).isEqualTo(allOthers);
    }
  }

  @Test
  void oneOfWhichOnlyTheNameIsKnownIsNotShown() throws Exception {
    ObjectNode named = regional("").put("regionalCertificateName", "mine");
    named.remove("regionalCertificateArn");
    gateway.call("CreateDomainName", named);

    assertThat(shown(NAME)).isEqualTo(allOthers);
  }

  private static ObjectNode regional(String arn) {
    ObjectNode input = Json.object().put("domainName", NAME).put("regionalCertificateArn", arn);
    input.putObject("endpointConfiguration").putArray("types").add("REGIONAL");
    return input;
  }

  private void replace(String path, String value) {
    ObjectNode input = Json.object().put("domainName", NAME);
    change(input, path, value);
    gateway.call("UpdateDomainName", input);
  }

  private static void change(ObjectNode input, String path, String value) {
    input
        .putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", path)
        .put("value", value);
  }

  private static CertifiedKey own(String name) {
    Instant now = Instant.now();
    return CertificateAuthority.selfSigned(
        new CertificateContent(
            "CN=" + name,
            List.of(name),
            Purpose.SERVER,
            now.minusSeconds(60),
            now.plusSeconds(600)),
        KeyKind.EC_P256);
  }

  private String imported(CertifiedKey certificate, @Nullable String arn) throws Exception {
    ObjectNode input = Json.object();
    if (arn != null) {
      input.put("CertificateArn", arn);
    }
    input.put("Certificate", Pem.of(certificate.certificate()).getBytes(US_ASCII));
    input.put("PrivateKey", Pem.of(certificate.privateKey()).getBytes(US_ASCII));
    return acm("ImportCertificate", input).get("CertificateArn").asString();
  }

  private JsonNode acm(String operation, ObjectNode input) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(gateway.url()))
                  .header("X-Amz-Target", "CertificateManager." + operation)
                  .header("Content-Type", "application/x-amz-json-1.1")
                  .POST(HttpRequest.BodyPublishers.ofString(Json.text(input), UTF_8))
                  .build(),
              HttpResponse.BodyHandlers.ofString(UTF_8));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return Json.parse(answer.body());
    }
  }

  /** What a new client gets to see that asks for a host. */
  private X509Certificate shown(String host) throws IOException, GeneralSecurityException {
    URI url = URI.create(Objects.requireNonNull(gateway.tlsUrl()));
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new X509TrustManager[] {new Trusting()}, null);
    try (Socket plain = new Socket(url.getHost(), url.getPort())) {
      plain.setSoTimeout(PATIENCE_MILLIS);
      try (SSLSocket socket =
          (SSLSocket) trusting.getSocketFactory().createSocket(plain, null, 0, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
      }
    }
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
