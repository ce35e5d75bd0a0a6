package io.portico.transport.support;

import io.netty.util.LeakPresenceDetector;

/**
 * Watches everything that Netty counts by hand. Made by Netty where {@code
 * io.netty.customResourceLeakDetector} names it.
 */
public final class EveryBuffer<T> extends LeakPresenceDetector<T> {
  static final ResourceScope SCOPE = new ResourceScope("this module's tests");

  public EveryBuffer(Class<?> type, int samplingInterval) {
    super(type);
  }

  /** As Netty's factory looks for it. */
  public EveryBuffer(Class<?> type, int samplingInterval, long maxActive) {
    super(type);
  }

  @Override
  protected ResourceScope currentScope() {
    return SCOPE;
  }
}
