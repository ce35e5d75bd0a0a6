package io.portico.gateway.control.openapi;

import io.portico.gateway.model.MethodRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code x-postman-meta}: how Postman signs calls of a method, once it has imported the document.
 * Keys are Postman's variables.
 *
 * @see <a href="https://github.com/postmanlabs/swagger2-to-postman">Postman's importer, with an
 *     example</a>
 */
// AWS: no export with this extension is documented or recorded. That it says how calls are signed
// is reported by Postman's importer, which reads it "for postman aws integration"; that only
// methods with IAM authorization have it is assumed.
final class PostmanExport {
  private static final String META = "x-postman-meta";

  private PostmanExport() {}

  static void write(ObjectNode operation, MethodRecord method, String region) {
    if (!method.authorizationType().equals("AWS_IAM")) {
      return;
    }
    ObjectNode meta = operation.putObject(META);
    meta.put("currentHelper", "awsSigV4");
    meta.putObject("helperAttributes")
        .put("accessKey", "{{aws_access_key_id}}")
        .put("secretKey", "{{aws_secret_access_key}}")
        .put("region", region)
        .put("service", "execute-api")
        .put("saveHelper", true);
  }
}
