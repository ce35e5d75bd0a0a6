/**
 * Who calls, and may he: one class for each kind of {@code authorizationType}, and what they keep
 * while serving. Knows snapshots only, and no kind of API.
 */
@NullMarked
package io.portico.gateway.execute.authorizer;

import org.jspecify.annotations.NullMarked;
