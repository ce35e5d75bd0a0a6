package io.portico.conformance.client;

import java.util.SortedSet;

/** A client that remembers for all tests what was called with it. */
public interface RecordedClient extends AwsClient {

  /** The operations of {@code service} that have answered it without an error so far. */
  SortedSet<String> answered(AwsService service);
}
