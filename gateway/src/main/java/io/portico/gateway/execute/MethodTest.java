package io.portico.gateway.execute;

import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.MethodSnapshot;
import java.util.List;
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
 */
public record MethodTest(MethodSnapshot method, IamCaller caller, @Nullable String userAgent) {
  static final String DOMAIN_PREFIX = "testPrefix";
  static final String DOMAIN_NAME = DOMAIN_PREFIX + ".testDomainName";
  static final String SOURCE_IP = "test-invoke-source-ip";

  private static final ApiKeySnapshot API_KEY =
      new ApiKeySnapshot("test-invoke-api-key-id", "test-invoke-api-key", List.of());

  /** The tester, as if he had shown a key. */
  public Caller asCaller() {
    return new Caller(API_KEY, caller, null);
  }
}
