package io.portico.transport.tls;

import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;

/** Hands {@link ServerKeys} to the libraries, which ask factories. */
final class ServerKeyFactory extends SimpleKeyManagerFactory {
  private final ServerKeys keys;

  ServerKeyFactory(ServerKeys keys) {
    this.keys = keys;
  }

  @Override
  protected void engineInit(KeyStore keyStore, char[] password) {}

  @Override
  protected void engineInit(ManagerFactoryParameters parameters) {}

  @Override
  protected KeyManager[] engineGetKeyManagers() {
    return new KeyManager[] {keys};
  }
}
