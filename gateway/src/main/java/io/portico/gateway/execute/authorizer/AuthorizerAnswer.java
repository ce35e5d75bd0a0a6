package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the function of a Lambda authorizer answers. What has not the documented form is no
 * answer: {@code AUTHORIZER_CONFIGURATION_ERROR}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output
 *     from a Lambda authorizer</a>
 */
final class AuthorizerAnswer {
  /**
   * AWS: how long an answer may be is not documented for REST APIs; several thousand statements are
   * within this.
   */
  private static final int MOST_BYTES = 256 * 1024;

  /** AWS: characters of a resource in the policy; source: documented, see the class. */
  private static final int LONGEST_RESOURCE = 512;

  /** AWS: source: execution logs that users have published. */
  private static final String NO_POLICY = "Could not parse policy";

  private static final Set<String> ELEMENTS =
      Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");

  private AuthorizerAnswer() {}

  /** An answer that is none. */
  static final class MalformedException extends Exception {
    MalformedException(String what) {
      super(what, null, false, false);
    }
  }

  /** Makes something of an answer that is JSON. */
  @FunctionalInterface
  interface Reader {
    Answered read(JsonNode answer) throws MalformedException;
  }

  static AuthorizerResult of(byte[] payload) {
    return read(payload, answer -> read(answer, payload.length));
  }

  /** What an answer says, or that it is none. */
  static AuthorizerResult read(byte[] payload, Reader reader) {
    if (payload.length > MOST_BYTES) {
      return malformed("it has " + payload.length + " bytes");
    }
    try {
      JsonNode answer = Json.parseUnambiguous(new String(payload, StandardCharsets.UTF_8));
      if (!answer.isObject()) {
        throw new MalformedException("it is no object");
      }
      return reader.read(answer);
    } catch (MalformedException e) {
      return malformed(String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      return malformed("it is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Refused malformed(String what) {
    return new Refused(
        GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
        FaultCause.AUTHORIZER_ANSWER_MALFORMED,
        "the answer of the authorizer cannot be used: " + what,
        NO_POLICY);
  }

  private static Answered read(JsonNode answer, int size) throws MalformedException {
    JsonNode document = answer.path("policyDocument");
    checkPolicy(document);
    return new Answered(
        AuthorizerContext.ofLambda(
            principalId(answer),
            values(answer.path("context")),
            textOrNull(answer, "usageIdentifierKey")),
        Policy.ofIdentity(document),
        Json.text(document),
        size);
  }

  static String principalId(JsonNode answer) throws MalformedException {
    JsonNode principalId = answer.path("principalId");
    if (!principalId.isString()) {
      throw new MalformedException("principalId is no text");
    }
    return principalId.asString();
  }

  private static @Nullable String textOrNull(JsonNode answer, String name)
      throws MalformedException {
    JsonNode value = answer.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new MalformedException(name + " is no text");
    }
    return value.asString();
  }

  /**
   * AWS: texts, numbers and truth values, all of which become texts; source: documented, see the
   * class. That a member that is null is as if it were not there is assumed.
   */
  private static Map<String, String> values(JsonNode context) throws MalformedException {
    if (context.isMissingNode() || context.isNull()) {
      return Map.of();
    }
    if (!context.isObject()) {
      throw new MalformedException("context is no object");
    }
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : context.properties()) {
      JsonNode value = member.getValue();
      if (value.isContainer()) {
        throw new MalformedException("a member of context is an object or array");
      }
      if (!value.isNull()) {
        values.put(member.getKey(), value.isString() ? value.asString() : Json.text(value));
      }
    }
    return values;
  }

  static void checkPolicy(JsonNode document) throws MalformedException {
    if (!document.isObject()) {
      throw new MalformedException("policyDocument is no object");
    }
    JsonNode statements = document.path("Statement");
    if (statements.isObject()) {
      checkStatement(statements);
    } else if (statements.isArray()) {
      for (JsonNode statement : statements) {
        checkStatement(statement);
      }
    } else {
      throw new MalformedException("the policy has no Statement");
    }
  }

  private static void checkStatement(JsonNode statement) throws MalformedException {
    if (!statement.isObject()) {
      throw new MalformedException("a statement is no object");
    }
    for (String element : statement.propertyNames()) {
      if (!ELEMENTS.contains(element)) {
        throw new MalformedException("a statement has an element that is none");
      }
    }
    String effect = statement.path("Effect").asString("");
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new MalformedException("Effect is neither Allow nor Deny");
    }
    checkTexts(statement, List.of("Action", "NotAction"), Integer.MAX_VALUE);
    checkTexts(statement, List.of("Resource", "NotResource"), LONGEST_RESOURCE);
    JsonNode condition = statement.path("Condition");
    if (!condition.isMissingNode() && !condition.isObject()) {
      throw new MalformedException("Condition is no object");
    }
  }

  /** Of an element and its opposite there is one: a text or several. */
  private static void checkTexts(JsonNode statement, List<String> names, int longest)
      throws MalformedException {
    JsonNode first = statement.path(names.getFirst());
    JsonNode second = statement.path(names.getLast());
    if (first.isMissingNode() == second.isMissingNode()) {
      throw new MalformedException("a statement has not one of " + names);
    }
    JsonNode texts = first.isMissingNode() ? second : first;
    if (texts.isString()) {
      checkText(texts, names, longest);
    } else if (texts.isArray() && !texts.isEmpty()) {
      for (JsonNode text : texts) {
        checkText(text, names, longest);
      }
    } else {
      throw new MalformedException(names.getFirst() + " is neither a text nor several");
    }
  }

  private static void checkText(JsonNode text, List<String> names, int longest)
      throws MalformedException {
    if (!text.isString() || text.asString().length() > longest) {
      throw new MalformedException(names.getFirst() + " has what is no text, or too long a one");
    }
  }
}
