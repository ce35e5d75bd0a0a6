package io.portico.gateway.execute;

import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.MethodSnapshot;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test of a method (TestInvokeMethod): a call that has come through no front end, to a method
 * that no path has to lead to.
 *
 * <p>AWS: what functions and templates are told then is this; source: events of tests that users
 * have published.
 *
 * @param method which is tested
 * @param caller who tests it
 * @param userAgent of whoever tests it, or null
 * @param given values of variables that the test brings itself
 */
public record MethodTest(
    MethodSnapshot method,
    IamCaller caller,
    @Nullable String userAgent,
    Map<ContextVariable, String> given) {
  static final String DOMAIN_PREFIX = "testPrefix";
  static final String DOMAIN_NAME = DOMAIN_PREFIX + ".testDomainName";
  static final String SOURCE_IP = "test-invoke-source-ip";

  private static final String CONTEXT = "context.";

  private static final ApiKeySnapshot API_KEY =
      new ApiKeySnapshot("test-invoke-api-key-id", "test-invoke-api-key", List.of());

  /** A test that brings no values of variables. */
  public static MethodTest of(MethodSnapshot method, IamCaller caller, @Nullable String userAgent) {
    return new MethodTest(method, caller, userAgent, Map.of());
  }

  /**
   * A test that brings values of variables.
   *
   * @param values by the names of variables, with {@code context.} or without; others are left out
   */
  public static MethodTest given(
      Map<String, String> values,
      MethodSnapshot method,
      IamCaller caller,
      @Nullable String userAgent) {
    Map<ContextVariable, String> given = new EnumMap<>(ContextVariable.class);
    values.forEach(
        (name, value) -> {
          ContextVariable variable =
              ContextVariable.mapped(
                  name.startsWith(CONTEXT) ? name.substring(CONTEXT.length()) : name);
          if (variable != null) {
            given.put(variable, value);
          }
        });
    return new MethodTest(method, caller, userAgent, Map.copyOf(given));
  }

  /** The tester, as if he had shown a key. */
  public Caller asCaller() {
    return new Caller(API_KEY, null, caller, null, null);
  }
}
