package io.portico.transport.support;

import io.netty.util.LeakPresenceDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test class that leaves a buffer, or anything else that is counted by hand, unreleased
 * once its transports are closed. JUnit finds it for all classes of this module.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
  /** A request's own thread may outlive the loops by the moment it takes to let go. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(5);

  @Override
  public void beforeAll(ExtensionContext context) {
    Object detector =
        ResourceLeakDetectorFactory.instance().newResourceLeakDetector(LeakCheck.class, 1);
    if (!(detector instanceof EveryBuffer)) {
      throw new IllegalStateException(
          "nobody looks for leaks: run with -Dio.netty.customResourceLeakDetector="
              + EveryBuffer.class.getName());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (EveryBuffer.SCOPE.hasOpenResources() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    // Forgets what it finds: whoever comes next starts afresh.
    LeakPresenceDetector.check();
  }
}
