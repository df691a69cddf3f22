package io.fouriermasks.store;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The bucket of the lab, if it has one. Without one nothing of its library is loaded. */
class ObjectStorage {

  @Produces
  @Singleton
  Optional<Bucket> bucket(LabConfig config) {
    return config.objects().url().filter(url -> !url.isBlank()).isPresent()
        ? Bucket.of(config.objects())
        : Optional.empty();
  }

  void close(@Disposes Optional<Bucket> bucket) {
    bucket.ifPresent(Bucket::close);
  }
}
