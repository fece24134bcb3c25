#pragma once

#include <cstddef>
#include <map>
#include <memory>

#include "cuda.hpp"

namespace emulator {

// A number that no handle had before; never 0, 1 or 2, which mean default streams.
inline Handle new_handle() {
  static Handle last = 0x10000;
  return last += 16;
}

// The living objects of one kind by their handles. Each has the context that it belongs to.
template <class Object>
class Handles {
 public:
  Handle add(Object object) {
    const Handle handle = new_handle();
    objects_.emplace(handle, std::make_unique<Object>(std::move(object)));
    return handle;
  }

  // Null for a handle that is not alive.
  Object* find(Handle handle) const {
    const auto found = objects_.find(handle);
    return found == objects_.end() ? nullptr : found->second.get();
  }

  void remove(Handle handle) { objects_.erase(handle); }

  // Removes what a released context left behind; it counts as alive until forget_leaked.
  template <class Owner>
  void remove_left_behind(const Owner* context) {
    leaked_ += std::erase_if(objects_, [&](const auto& entry) { return entry.second->context == context; });
  }

  void forget_leaked() { leaked_ = 0; }

  std::size_t count() const { return objects_.size() + leaked_; }

  auto begin() const { return objects_.begin(); }
  auto end() const { return objects_.end(); }

 private:
  std::map<Handle, std::unique_ptr<Object>> objects_;
  std::size_t leaked_ = 0;
};

}  // namespace emulator
