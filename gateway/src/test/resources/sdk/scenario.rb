# Calls every method of the client; argv: the gem's lib folder, the stage's URL.
$LOAD_PATH.unshift(ARGV[0])
require 'petstore-sdk'

open = PetStore::Client.new(endpoint: ARGV[1], api_key: 'the key')
signing = PetStore::Client.new(endpoint: ARGV[1], access_key: 'AKIDEXAMPLE', secret_key: 'secret',
                               session_token: 'token/1==', region: 'eu-west-1')
puts open.operation_names.sort.join(' ')
puts open.get_api_root.status_code
pets = open.get_pets(type: 'a b&c', page: '2', x_tenant: 'blue')
puts "#{pets.pets.first.name} #{pets.x_total}"
rex = { id: 9007199254740993, name: 'Rex', odd_name: 'o', tags: [{ label: 'é' }], owner: { name: 'Ann', friends: [{ name: 'Bob' }] } }
made = signing.post_pets(pet: rex)
puts made.pet.to_h == rex, made.pet.owner.friends.first.name
puts signing.get_pet(pet_id: 'a/b (1)*~é', filter: "x'y=z&").pet.id
puts signing.put_files_path(path: 'a b/c+d', body: { k: 'v' }).empty['method']
begin
  signing.get_pet(pet_id: 'missing')
rescue PetStore::Errors::ServiceError => e
  puts "#{e.status_code} #{e.body}"
end
[-> { open.get_pets(type: 'a') }, -> { open.get_pet(pet_id: '1') }, -> { open.put_files_path(path: '../x') },
 -> { open.get_pets(unknown: 1) }].each do |call|
  call.call
rescue ArgumentError => e
  puts e.message
end
