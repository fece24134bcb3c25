// On the host shared variables are thread-local statics of a function, so that the symbol table of the library has their
// sizes: _ZZ, the length of the function's name, the name, what it takes, E, and theirs (Itanium C++ ABI, 5.1.6).
#include "static_shared.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace emulator {

namespace {

using Header = ElfW(Ehdr);
using Section = ElfW(Shdr);
using Symbol = ElfW(Sym);
using Sizes = std::map<std::string, std::size_t, std::less<>>;

constexpr std::size_t alignment = 16;

std::vector<char> own_file() {
  Dl_info library;
  if (dladdr(reinterpret_cast<const void*>(&static_shared), &library) == 0) {
    throw std::runtime_error("the library of the kernels is not known");
  }
  std::ifstream file(library.dli_fname, std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.size() < sizeof(Header)) {
    throw std::runtime_error(std::string("cannot read ") + library.dli_fname);
  }
  return bytes;
}

// "_ZZ8add_tileE4rows" to "add_tile"; "" for any other name
std::string_view owner(std::string_view symbol) {
  if (symbol.substr(0, 3) != "_ZZ") {
    return "";
  }
  std::size_t length = 0, at = 3;
  for (; at < symbol.size() && symbol[at] >= '0' && symbol[at] <= '9'; at++) {
    length = 10 * length + static_cast<std::size_t>(symbol[at] - '0');
  }
  return length > 0 && at + length < symbol.size() ? symbol.substr(at, length) : "";
}

Sizes read() {
  const std::vector<char> file = own_file();
  const auto* const header = reinterpret_cast<const Header*>(file.data());
  const auto* const sections = reinterpret_cast<const Section*>(file.data() + header->e_shoff);
  Sizes sizes;
  bool found = false;
  for (std::size_t i = 0; i < header->e_shnum; i++) {
    if (sections[i].sh_type != SHT_SYMTAB) {
      continue;
    }
    found = true;
    const auto* const symbols = reinterpret_cast<const Symbol*>(file.data() + sections[i].sh_offset);
    const char* const names = file.data() + sections[sections[i].sh_link].sh_offset;
    for (std::size_t j = 0; j < sections[i].sh_size / sizeof(Symbol); j++) {
      const std::string_view kernel = owner(names + symbols[j].st_name);
      if ((symbols[j].st_info & 0xf) == STT_TLS && !kernel.empty()) {
        sizes[std::string(kernel)] += (symbols[j].st_size + alignment - 1) / alignment * alignment;
      }
    }
  }
  if (!found) {
    throw std::runtime_error("the library of the kernels has no symbols");
  }
  return sizes;
}

}  // namespace

std::size_t static_shared(std::string_view kernel) {
  static const auto* const sizes = new Sizes(read());
  const auto found = sizes->find(kernel);
  return found == sizes->end() ? 0 : found->second;
}

}  // namespace emulator
