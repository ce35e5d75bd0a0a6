package io.portico.server;

import io.portico.gateway.control.acm.LocalAuthority;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/** The local authority's certificate, for those who are to trust it: in JSON, or as PEM alone. */
final class AuthorityEndpoint implements HttpHandler {
  static final String PATH = "/_portico/ca";
  private static final String PEM_PATH = PATH + ".pem";

  private final LocalAuthority authority;

  AuthorityEndpoint(LocalAuthority authority) {
    this.authority = authority;
  }

  static boolean isAt(String path) {
    return path.equals(PATH) || path.equals(PEM_PATH);
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    X509Certificate certificate = authority.certificate();
    return request.rawPath().equals(PEM_PATH)
        ? answer("application/x-pem-file", Pem.of(certificate).getBytes(StandardCharsets.US_ASCII))
        : answer("application/json", Json.bytes(json(certificate)));
  }

  private static HttpResponse answer(String contentType, byte[] content) {
    return new HttpResponse(200, Headers.of("Content-Type", contentType), Body.of(content));
  }

  private static ObjectNode json(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Json.object()
          .put("certificate", Pem.of(certificate))
          .put("subject", certificate.getSubjectX500Principal().getName())
          .put("not-before", certificate.getNotBefore().toInstant().toString())
          .put("not-after", certificate.getNotAfter().toInstant().toString())
          .put("sha256", HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that cannot be written", e);
    }
  }
}
