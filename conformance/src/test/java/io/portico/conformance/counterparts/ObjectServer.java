package io.portico.conformance.counterparts;

import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;

/** S3Proxy, whose objects are in memory. */
final class ObjectServer implements AutoCloseable {
  private final BlobStoreContext store;
  private final S3Proxy server;

  private ObjectServer(BlobStoreContext store, S3Proxy server) {
    this.store = store;
    this.server = server;
  }

  static ObjectServer start() {
    BlobStoreContext store =
        ContextBuilder.newBuilder(new TransientApiMetadata())
            .credentials("nobody", "nothing")
            .overrides(new Properties())
            .build(BlobStoreContext.class);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, Counterparts.KEY, Counterparts.KEY)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new AssertionError("S3Proxy does not start", e);
    }
    return new ObjectServer(store, server);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError("S3Proxy does not stop", e);
    } finally {
      store.close();
    }
  }
}
