package io.portico.conformance.counterparts;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * DynamoDB Local, S3Proxy for S3 and ElasticMQ for SQS. S3Proxy takes what is signed with {@link
 * #KEY} and nothing else; DynamoDB Local has tables of their own for each key and region.
 */
public final class Counterparts implements AutoCloseable {
  /** Key and secret alike: what Portico signs with where the environment says nothing else. */
  public static final String KEY = "test";

  /** What ends those that are started, the last one first. */
  private final Deque<Runnable> ends = new ArrayDeque<>();

  private final TableServer tables;
  private final ObjectServer objects;
  private final SQSRestServer queues;

  /** Starts all of them; where one does not start, none is left. */
  public Counterparts() {
    boolean isStarted = false;
    try {
      tables = TableServer.start();
      ends.push(tables::close);
      objects = ObjectServer.start();
      ends.push(objects::close);
      queues = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
      ends.push(queues::stopAndWait);
      isStarted = true;
    } finally {
      if (!isStarted) {
        close();
      }
    }
  }

  public URI sqs() {
    return URI.create("http://127.0.0.1:" + queues.waitUntilStarted().localAddress().getPort());
  }

  public URI s3() {
    return objects.url();
  }

  public URI dynamoDb() {
    return tables.url();
  }

  /** What tells AWS's clients, and Portico, where they are. */
  public Map<String, String> variables() {
    return Map.of(
        "AWS_ENDPOINT_URL_SQS", sqs().toString(),
        "AWS_ENDPOINT_URL_S3", s3().toString(),
        "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb().toString());
  }

  @Override
  public void close() {
    Runnable end = ends.poll();
    if (end != null) {
      try {
        end.run();
      } finally {
        close();
      }
    }
  }
}
