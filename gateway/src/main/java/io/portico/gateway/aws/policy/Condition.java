package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.Wildcards;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A condition on one key. Operators on numbers, dates and bytes are not understood.
 *
 * @param operator null where it or one of the values is not understood
 * @param ifExists whether it holds where the request has no such key
 * @param set how it takes the values of a key that may have several
 * @param key in lower case
 * @param values of which one must fit
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 */
record Condition(
    @Nullable Operator operator, boolean ifExists, Set set, String key, List<String> values) {
  private static final String IF_EXISTS = "IfExists";

  /** No key here has more than one value: they differ where there is none. */
  private enum Set {
    NO(""),
    ANY_VALUE("ForAnyValue:"),
    ALL_VALUES("ForAllValues:");

    private final String prefix;

    Set(String prefix) {
      this.prefix = prefix;
    }

    static Set of(String operator) {
      return operator.startsWith(ANY_VALUE.prefix)
          ? ANY_VALUE
          : operator.startsWith(ALL_VALUES.prefix) ? ALL_VALUES : NO;
    }
  }

  enum Answer {
    TRUE,
    FALSE,
    UNKNOWN
  }

  private enum Operator {
    STRING_EQUALS,
    STRING_NOT_EQUALS,
    STRING_EQUALS_IGNORE_CASE,
    STRING_NOT_EQUALS_IGNORE_CASE,
    STRING_LIKE,
    STRING_NOT_LIKE,
    ARN_LIKE,
    ARN_NOT_LIKE,
    BOOL,
    IP_ADDRESS,
    NOT_IP_ADDRESS,
    NULL;

    static @Nullable Operator of(String name) {
      return switch (name) {
        case "StringEquals" -> STRING_EQUALS;
        case "StringNotEquals" -> STRING_NOT_EQUALS;
        case "StringEqualsIgnoreCase" -> STRING_EQUALS_IGNORE_CASE;
        case "StringNotEqualsIgnoreCase" -> STRING_NOT_EQUALS_IGNORE_CASE;
        case "StringLike" -> STRING_LIKE;
        case "StringNotLike" -> STRING_NOT_LIKE;
        // AWS: the two behave alike; source: documented, as above.
        case "ArnEquals", "ArnLike" -> ARN_LIKE;
        case "ArnNotEquals", "ArnNotLike" -> ARN_NOT_LIKE;
        case "Bool" -> BOOL;
        case "IpAddress" -> IP_ADDRESS;
        case "NotIpAddress" -> NOT_IP_ADDRESS;
        case "Null" -> NULL;
        default -> null;
      };
    }

    boolean negates() {
      return switch (this) {
        case STRING_NOT_EQUALS,
            STRING_NOT_EQUALS_IGNORE_CASE,
            STRING_NOT_LIKE,
            ARN_NOT_LIKE,
            NOT_IP_ADDRESS ->
            true;
        default -> false;
      };
    }
  }

  static Condition of(String operator, String key, JsonNode values) {
    Set set = Set.of(operator);
    boolean ifExists = operator.endsWith(IF_EXISTS);
    String name =
        operator.substring(
            set.prefix.length(),
            ifExists ? operator.length() - IF_EXISTS.length() : operator.length());
    Operator known = Operator.of(name);
    List<String> texts = values.isBoolean() ? List.of(values.asString()) : Statement.texts(values);
    boolean understood =
        known != null
            && !((ifExists || set != Set.NO) && known == Operator.NULL)
            && texts != null
            && texts.stream().allMatch(text -> isUnderstood(known, text));
    return new Condition(
        understood ? known : null,
        ifExists,
        set,
        key.toLowerCase(Locale.ROOT),
        texts == null ? List.of() : texts);
  }

  private static boolean isUnderstood(Operator operator, String value) {
    // "${" begins a policy variable, whose value is not known here.
    return !value.contains("${")
        && switch (operator) {
          case ARN_LIKE, ARN_NOT_LIKE -> ArnPattern.of(value) != null;
          case IP_ADDRESS, NOT_IP_ADDRESS -> IpRange.of(value) != null;
          case BOOL, NULL -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
          default -> true;
        };
  }

  /** Whether it holds. AWS: without the key, where it says what is not to be; source: as above. */
  Answer evaluate(RequestContext context) {
    Operator known = operator;
    if (known == null || !context.knows(key)) {
      return Answer.UNKNOWN;
    }
    String given = context.value(key);
    if (known == Operator.NULL) {
      boolean absent = given == null;
      return answer(values.stream().anyMatch(text -> Boolean.parseBoolean(text) == absent));
    }
    if (given == null) {
      return answer(
          ifExists
              || switch (set) {
                case NO -> known.negates();
                // AWS: source: documented, "Set operators for multivalued context keys".
                case ANY_VALUE -> false;
                case ALL_VALUES -> true;
              });
    }
    return answer(
        values.stream().anyMatch(wanted -> fits(known, wanted, given)) != known.negates());
  }

  private static Answer answer(boolean holds) {
    return holds ? Answer.TRUE : Answer.FALSE;
  }

  private static boolean fits(Operator operator, String wanted, String given) {
    return switch (operator) {
      case STRING_EQUALS, STRING_NOT_EQUALS -> wanted.equals(given);
      case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE, BOOL ->
          wanted.equalsIgnoreCase(given);
      case STRING_LIKE, STRING_NOT_LIKE -> Wildcards.match(wanted, given);
      case ARN_LIKE, ARN_NOT_LIKE -> {
        ArnPattern pattern = ArnPattern.of(wanted);
        yield pattern != null && pattern.matches(given);
      }
      case IP_ADDRESS, NOT_IP_ADDRESS -> {
        IpRange range = IpRange.of(wanted);
        yield range != null && range.contains(given);
      }
      case NULL -> throw new IllegalStateException("asks for no value");
    };
  }
}
