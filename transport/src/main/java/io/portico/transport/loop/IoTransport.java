package io.portico.transport.loop;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import org.jspecify.annotations.Nullable;

/** How an event loop hears from the kernel, the best first. */
public enum IoTransport {
  /** Linux's submission and completion rings: the cheapest per request. */
  IO_URING("io_uring") {
    @Override
    @Nullable Throwable obstacle() {
      return IoUring.isAvailable() ? null : IoUring.unavailabilityCause();
    }

    @Override
    IoHandlerFactory handlers() {
      return IoUringIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerSocketChannel> serverChannel() {
      return IoUringServerSocketChannel.class;
    }

    @Override
    public Class<? extends SocketChannel> channel() {
      return IoUringSocketChannel.class;
    }
  },

  /** Linux's readiness interface. */
  EPOLL("epoll") {
    @Override
    @Nullable Throwable obstacle() {
      return Epoll.isAvailable() ? null : Epoll.unavailabilityCause();
    }

    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerSocketChannel> serverChannel() {
      return EpollServerSocketChannel.class;
    }

    @Override
    public Class<? extends SocketChannel> channel() {
      return EpollSocketChannel.class;
    }
  },

  /** The JDK's selectors: everywhere. */
  NIO("NIO") {
    @Override
    @Nullable Throwable obstacle() {
      return null;
    }

    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerSocketChannel> serverChannel() {
      return NioServerSocketChannel.class;
    }

    @Override
    public Class<? extends SocketChannel> channel() {
      return NioSocketChannel.class;
    }
  };

  private final String label;

  IoTransport(String label) {
    this.label = label;
  }

  /** Its name as its makers write it. */
  public String label() {
    return label;
  }

  /** Why this machine cannot use it, or null. */
  abstract @Nullable Throwable obstacle();

  abstract IoHandlerFactory handlers();

  public abstract Class<? extends ServerSocketChannel> serverChannel();

  public abstract Class<? extends SocketChannel> channel();
}
