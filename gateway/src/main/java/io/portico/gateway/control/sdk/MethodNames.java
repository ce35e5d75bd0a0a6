package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientMethod;
import io.portico.gateway.control.sdk.contract.Words;
import java.util.Locale;

/** How generated clients name an API's methods. */
final class MethodNames {
  private MethodNames() {}

  /**
   * By path and verb: {@code GET /pets/{petId}} is {@code petsPetIdGet}, {@code GET /} is {@code
   * rootGet}. JavaScript, Android and iOS.
   */
  static String byPath(ClientMethod method) {
    String path = method.path().equals("/") ? "root" : method.path();
    return Words.camel(path + "/" + method.verb().toLowerCase(Locale.ROOT));
  }

  /**
   * By the method's own name, else by verb and path: {@code GET /{a}/{b}/{op}} is {@code getABOp},
   * {@code GET /} is {@code getApiRoot}. Java and Ruby.
   */
  static String byOperation(ClientMethod method) {
    // AWS: underscores stay; source: SDKs in public repositories. Hyphens stay, too, which no
    // compiler takes:
    // https://github.com/amazon-archives/aws-serverless-auth-reference-app/issues/51.
    String own = method.operationName() == null ? "" : method.operationName();
    if (own.matches("[A-Za-z][A-Za-z0-9_]{0,99}")) {
      return own.substring(0, 1).toLowerCase(Locale.ROOT) + own.substring(1);
    }
    if (!own.isEmpty()) {
      return Words.camel(own);
    }
    String path = method.path().equals("/") ? "ApiRoot" : method.path();
    return Words.camel(method.verb().toLowerCase(Locale.ROOT) + "/" + path);
  }
}
