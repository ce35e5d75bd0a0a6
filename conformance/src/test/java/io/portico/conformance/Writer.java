package io.portico.conformance;

import io.portico.conformance.client.JavaSdk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Creates resources one after the other until its server is gone, and keeps which of them were
 * acknowledged.
 */
final class Writer implements Runnable {
  private static final int MOST = 10_000;
  private static final int PATIENCE_SECONDS = 60;

  private final JavaSdk sdk;
  private final String api;
  private final String root;
  private final CountDownLatch start;
  private final List<String> acknowledged = new ArrayList<>();

  Writer(JavaSdk sdk, String api, String root, int start) {
    this.sdk = sdk;
    this.api = api;
    this.root = root;
    this.start = new CountDownLatch(start);
  }

  @Override
  public void run() {
    for (int i = 0; i < MOST; i++) {
      String part = "part" + i;
      try {
        sdk.client().createResource(r -> r.restApiId(api).parentId(root).pathPart(part));
      } catch (SdkClientException e) {
        return; // no answer: the server is gone
      }
      synchronized (acknowledged) {
        acknowledged.add("/" + part);
      }
      start.countDown();
    }
  }

  String api() {
    return api;
  }

  /** Waits until as many changes as asked for are acknowledged. */
  void awaitStart() throws InterruptedException {
    if (!start.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("too few changes were acknowledged: " + acknowledged());
    }
  }

  List<String> acknowledged() {
    synchronized (acknowledged) {
      return List.copyOf(acknowledged);
    }
  }
}
